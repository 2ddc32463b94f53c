import type { Destination } from '../delivery/destination.ts'

/**
 * Whom or what a route leads to: the account's owner, the owner's manager, or somebody by their e-mail, each where they
 * want to be written to; or one destination.
 */
export type Target = 'owner' | 'manager' | { readonly email: string } | Destination

/** The destinations among them: the others are people, who say themselves where they are. */
export function fixedDestinations(targets: readonly Target[]): Destination[] {
  return targets.flatMap(target => (typeof target === 'string' || 'email' in target ? [] : [target]))
}
