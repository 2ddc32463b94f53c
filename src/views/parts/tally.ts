import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Part, Tally } from '../card.ts'

/** A count of alerts that nobody has claimed yet. */
export function unclaimedTally(of: readonly string[], many: string, one = many): Tally {
  return { one, many, of, gone: [] }
}

/** "Unclaimed alerts (5)"; after a claim "Unclaimed alerts (4); 1 claimed or closed since". */
export function tallyText({ one, many, of, gone }: Tally): string {
  const left = of.length - gone.length
  const words = (left === 1 ? one : many).replace('#', String(left))
  return gone.length === 0 ? words : `${words.replace(/[.]$/, '')}; ${gone.length} claimed or closed since`
}

/** The same part with its count as an alert stands now. */
export function countedAnew<P extends Part>(part: P, { id, state }: AlertDetails): P {
  const tally = tallyOf(part)
  if (tally === undefined || !tally.of.includes(id)) return part
  const others = tally.gone.filter(other => other !== id)
  const now = { ...tally, gone: state === 'open' ? others : [...others, id] }
  return { ...part, tally: now, [part.kind === 'list' ? 'heading' : 'text']: tallyText(now) }
}

function tallyOf(part: Part): Tally | undefined {
  return part.kind === 'list' || part.kind === 'text' ? part.tally : undefined
}
