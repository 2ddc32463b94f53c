import { counted } from '../../domain/counted.ts'
import type { Model, ScaledMeasure } from '../../domain/model/model.ts'
import { percent } from '../../domain/percent.ts'
import type { Evidence } from '../../domain/scoring/readings/evidence.ts'
import type { Assessment, ComponentScore, MeasureScore } from '../../domain/scoring/score.ts'
import type { Signal } from '../../domain/sources/signal.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Item } from '../card.ts'
import { pointsText } from '../parts/amounts.ts'
import { evidence as evidenceText, numberText } from '../scoring/evidence.ts'
import { roundedMeasures } from '../scoring/rounded-points.ts'

/** One measure of an explanation: its reading, its points, and how they were computed. */
export function measureItem(
  model: Model,
  now: Assessment,
  component: ComponentScore,
  { measure, reading, score }: MeasureScore,
  evidence: Evidence | undefined,
): Item {
  const text = evidenceText(model, measure, reading)
  if (score === undefined) return { tone: 'neutral', text }
  const { points, lost } = roundedMeasures(now)(measure.id)
  const present = component.measures.filter(entry => entry.score !== undefined)
  const share = measure.weight / present.reduce((sum, entry) => sum + entry.measure.weight, 0)
  const basis = [
    `${numberText(score)} of 100 ${scaleText(measure)}`,
    ...(present.length > 1 ? [`${percent(share, 1)} of the component`] : []),
    ...(reading.signals > 0 ? [signalsText(reading.signals, evidence, now.at)] : []),
  ]
  const tone = score >= 70 ? 'good' : score >= 40 ? 'warn' : 'bad'
  return { tone, text: `${text}: ${pointsText(points)}, ${lost} lost`, note: basis.join(', ') }
}

/** "on the scale 0 → 0, 50 → 60, 100 → 100" */
function scaleText({ scale }: ScaledMeasure): string {
  const points = scale.points.map(([reading, score]) => `${numberText(reading)} → ${numberText(score)}`)
  return `${scale.form === 'steps' ? 'by the steps' : 'on the scale'} ${points.join(', ')}`
}

/** "28 signals from product, newest 45 on 2026-11-20, 47 on 2026-11-21 (received 2 days late)" */
function signalsText(count: number, evidence: Evidence | undefined, at: Instant): string {
  const words = counted(count, 'signal')
  if (evidence === undefined || evidence.newest.length === 0) return words
  const from = evidence.sources.length === 0 ? '' : ` from ${evidence.sources.join(', ')}`
  return `${words}${from}, newest ${evidence.newest.map(signal => signalText(signal, at)).join(', ')}`
}

function signalText({ value, observedAt, receivedAt }: Signal, at: Instant): string {
  const late = receivedAt > at ? ', arrived later' : ''
  return `${numberText(value)} on ${dayOf(observedAt)}${late}`
}
