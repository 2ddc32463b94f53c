import type { Divergence } from '../domain/divergence.ts'
import { wholePoints } from './amounts.ts'

/** "You say 5, the data says 38." For whoever rated or owns the account, never for a channel. */
export function divergenceText({ rating, rest }: Divergence, isOwn: boolean): string {
  return `${isOwn ? 'You say' : 'The last pulse says'} ${rating}, the data says ${wholePoints(rest)}.`
}
