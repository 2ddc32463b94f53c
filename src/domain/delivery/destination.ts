/** Where a message goes: a channel, by the platform's own id, or a person, by their e-mail, in a direct message. */
export type Destination =
  | { readonly platform: string; readonly channel: string; readonly person?: undefined }
  | { readonly platform: string; readonly person: string; readonly channel?: undefined }

/** As the settings write it: `slack:C01GEN`, `slack:@ana@example.com`. The same for the same destination only. */
export function destinationName({ platform, channel, person }: Destination): string {
  return `${platform}:${channel ?? `@${person}`}`
}

export function isSameDestination(one: Destination, other: Destination): boolean {
  return one.platform === other.platform && one.channel === other.channel && one.person === other.person
}
