import type { Instant } from '../time/instant.ts'

/** Where an account stands in the list of the person who rates it. */
export type PulseState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'rated'; readonly rating: number; readonly hasNote: boolean }
  | { readonly kind: 'put-off'; readonly until: Instant; readonly isSkipped: boolean }

/** A pulse at either end says nothing without its reason. */
export function needsNote(rating: number): boolean {
  return rating === 1 || rating === 5
}
