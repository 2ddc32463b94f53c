import type { Destination } from '../delivery/destination.ts'

/** A destination that takes no messages, and why, in the platform's own words. */
export type BrokenDestination =
  | { readonly to: 'platform'; readonly reason: string }
  | { readonly to: 'channel'; readonly reason: string }
  | { readonly to: 'person'; readonly email: string; readonly reason: string }

export function brokenDestination({ person }: Destination, reason: string): BrokenDestination {
  return person === undefined ? { to: 'channel', reason } : { to: 'person', email: person, reason }
}
