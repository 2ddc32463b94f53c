/** Where on a platform: a channel, by the platform's own id, or a person, by their e-mail, in a direct message. */
export type Recipient =
  | { readonly channel: string; readonly person?: undefined }
  | { readonly person: string; readonly channel?: undefined }

/** Where a message goes. */
export type Destination = Recipient & { readonly platform: string }

/** As the settings write it: `platform:C01GEN`, `platform:@ana@example.com`. The same for the same destination only. */
export function destinationName({ platform, channel, person }: Destination): string {
  return `${platform}:${channel ?? `@${person}`}`
}

export function isSameDestination(one: Destination, other: Destination): boolean {
  return one.platform === other.platform && one.channel === other.channel && one.person === other.person
}
