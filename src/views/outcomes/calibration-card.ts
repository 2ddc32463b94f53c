import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Calibration } from '../../domain/outcomes/calibration/calibrate.ts'
import type { Line } from '../../domain/outcomes/calibration/cheapest-line.ts'
import type { Card } from '../card.ts'
import { numberText } from '../scoring/evidence.ts'
import { estimateText } from './estimate-text.ts'

export type ShownCalibration = Omit<Calibration, 'weights'> & {
  readonly weights: readonly { readonly component: string; readonly now: number; readonly fitted: number }[]
  readonly outcomes: { readonly bad: number; readonly good: number; readonly unscored: number }
  readonly lines: { readonly now: Line; readonly best: Line }
}

/** What would change in the file, and among the customers. */
export type Consequence = {
  readonly diff: readonly string[]
  readonly plan: readonly { readonly from: string; readonly to: string }[]
  readonly seed: number
}

/** Whether other weights would do better, as far as the outcomes can tell. It advises, and changes nothing. */
export function calibrationCard(model: Model, found: ShownCalibration, { diff, plan, seed }: Consequence): Card {
  const summary =
    found.advice === 'keep'
      ? 'Keep your weights: the outcomes cannot tell the fitted ones from yours.'
      : 'The fitted weights told good outcomes from bad ones better than yours.'
  const changed = plan.filter(({ from, to }) => from !== to).length
  const { bad, good, unscored } = found.outcomes
  return {
    title: `Calibration of ${model.name}`,
    summary,
    parts: [
      { kind: 'text', text: summary },
      {
        kind: 'facts',
        facts: [
          { label: 'AUC of your weights', value: estimateText(found.current) },
          { label: 'AUC of the fitted ones', value: estimateText(found.fitted) },
          { label: 'Difference', value: estimateText(found.difference) },
          { label: 'Accounts that would change band', value: `${changed} of ${counted(plan.length, 'account')}` },
        ],
      },
      {
        kind: 'list',
        heading: 'Weights',
        items: found.weights.map(({ component, now, fitted }) => ({
          lead: labelOf(model, component),
          text: `${numberText(now)} now, ${numberText(fitted)} fitted`,
        })),
      },
      ...(diff.length === 0
        ? []
        : [{ kind: 'list' as const, heading: 'In the file', items: diff.map(text => ({ text })) }]),
      { kind: 'text', text: lineText(found.lines) },
      {
        kind: 'text',
        quiet: true,
        text: `${counted(bad, 'churn or contraction', 'churns and contractions')}, ${counted(good, 'renewal or expansion', 'renewals and expansions')}, ${unscored} without a score left out. Both AUCs are of accounts that the fit had not seen; seed ${seed}. Intervals are 95%.`,
      },
    ],
  }
}

function labelOf({ components }: Model, id: string): string {
  return components.find(component => component.id === id)?.label ?? id
}

function lineText({ now, best }: ShownCalibration['lines']): string {
  if (best.cost >= now.cost) return `No line for the band at risk costs less than ${now.below}.`
  return `The line of the band at risk that costs least is ${best.below}: ${numberText(best.cost)} instead of ${numberText(now.cost)} at ${now.below}.`
}
