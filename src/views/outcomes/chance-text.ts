import { CHANCE_DAYS } from '../../domain/outcomes/chance/chance.ts'
import type { Chance } from '../../domain/outcomes/statistics/venn-abers.ts'
import { moneyText } from '../parts/amounts.ts'

/** "About 1 in 6 accounts like this left or shrank within 90 days (between 1 in 9 and 1 in 4)." */
export function chanceSentence({ low, point, high }: Chance, outcomes: number): string {
  const least = low <= 0 ? `fewer than 1 in ${Math.max(1, outcomes)}` : oneIn(low)
  return `About ${oneIn(point)} accounts like this left or shrank within ${CHANCE_DAYS} days (between ${least} and ${oneIn(high)}).`
}

/** "ARR at risk 1.2M, expected loss 210K (120K to 330K)." */
export function lossSentence(arrAtRisk: number, { low, point, high }: Chance): string {
  return `ARR at risk ${moneyText(arrAtRisk)}, expected loss within ${CHANCE_DAYS} days ${moneyText(point)} (${moneyText(low)} to ${moneyText(high)}).`
}

/** As people say a share: "1 in 6", and from two thirds on "7 in 10". */
function oneIn(share: number): string {
  if (share >= 0.995) return 'all'
  return share > 0.6 ? `${Math.min(9, Math.round(share * 10))} in 10` : `1 in ${Math.round(1 / share)}`
}
