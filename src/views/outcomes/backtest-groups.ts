import type { GroupFigures } from '../../domain/outcomes/figures.ts'
import { wilson } from '../../domain/outcomes/statistics/wilson.ts'
import type { Item } from '../card.ts'
import { estimateText, shareText } from './estimate-text.ts'

/** Fewer outcomes of a group have no AUC of their own. */
const ENOUGH = 40

/** How a segment, or those with one rating, went. */
export function groupItem(lead: string, { bad, good, auc }: GroupFigures<unknown>): Item {
  const all = bad + good
  const told = auc === undefined || all < ENOUGH ? 'too few for an AUC' : `AUC ${estimateText(auc)}`
  const rate = wilson(bad, all)
  return {
    lead,
    text: `${bad} of ${all} left or shrank${rate === undefined ? '' : `, ${shareText(rate)}`}; ${told}`,
  }
}
