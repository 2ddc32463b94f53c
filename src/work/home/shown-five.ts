import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import type { FiveLine, ShownFive } from '../../views/home/five-items.ts'
import type { Five } from './five-of.ts'

/** As it is shown: of several alerts of an account the most urgent leads. */
export function shownFiveOf({ chosen, rest }: Pick<Five, 'chosen' | 'rest'>): ShownFive {
  return { rest, chosen: chosen.map((line): FiveLine => ({ ...line, alerts: line.alerts.toSorted(mostUrgentFirst) })) }
}
