/** What lets no messages through, and why, in the platform's own words. */
export type ClosedWay =
  | { readonly to: 'platform'; readonly reason: string }
  | { readonly to: 'channel'; readonly reason: string }
  | { readonly to: 'person'; readonly email: string; readonly reason: string }

/** The way to a channel, or to a person by `@` and their e-mail. */
export function closedWayTo(place: string, reason: string): ClosedWay {
  return place.startsWith('@') ? { to: 'person', email: place.slice(1), reason } : { to: 'channel', reason }
}
