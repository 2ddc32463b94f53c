import type { Divergence } from '../../domain/alerts/divergence.ts'
import { shownAs } from '../../domain/number.ts'

/** "You say 5, the data says 38." For the person who rated or owns the account, never for a channel. */
export function divergenceText({ rating, rest }: Divergence, isOwn: boolean): string {
  return `${isOwn ? 'You say' : 'The last pulse says'} ${rating}, the data says ${shownAs(rest)}.`
}
