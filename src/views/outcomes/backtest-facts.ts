import { counted } from '../../domain/counted.ts'
import type { Backtest } from '../../domain/outcomes/backtest/backtest.ts'
import type { Fact } from '../card.ts'
import { decimals, estimateText, shareText } from './estimate-text.ts'

/** How well the score told them apart, in figures. */
export function backtestFacts({ known, today, leadTime, bad }: Backtest): Fact[] {
  const shares = (label: string, share: typeof known.precision) =>
    share === undefined ? [] : [{ label, value: shareText(share) }]
  const times = (label: string, value: number | undefined) =>
    value === undefined ? [] : [{ label, value: `${decimals(value)} times the base rate` }]
  return [
    ...(known.auc === undefined ? [] : [{ label: 'AUC, as known then', value: estimateText(known.auc) }]),
    ...(today.auc === undefined ? [] : [{ label: 'AUC, with what is known today', value: estimateText(today.auc) }]),
    ...shares('Base rate', known.baseRate),
    ...shares('Of those at risk, left or shrank', known.precision),
    ...shares('Of those that left or shrank, at risk', known.recall),
    ...(known.f1 === undefined ? [] : [{ label: 'F1', value: decimals(known.f1) }]),
    ...times('Lift of the band at risk', known.lift),
    ...times('Lift of the lowest tenth', known.topDecileLift),
    ...(leadTime === undefined
      ? []
      : [
          {
            label: 'Days of warning',
            value: `${Math.round(leadTime.median)} (middle half ${Math.round(leadTime.q1)} to ${Math.round(leadTime.q3)}), for ${leadTime.count} of ${bad}`,
          },
        ]),
    ...(known.unscored === 0 ? [] : [{ label: 'Without a score then', value: counted(known.unscored, 'outcome') }]),
  ]
}
