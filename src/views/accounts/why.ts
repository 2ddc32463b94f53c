import { capitalized } from '../../domain/capitalized.ts'
import type { Measure, Model } from '../../domain/model/model.ts'
import { isAbove } from '../../domain/number.ts'
import { helping, hurting } from '../../domain/scoring/driver.ts'
import type { Health } from '../../domain/scoring/health.ts'
import type { Assessment, MeasureScore } from '../../domain/scoring/score.ts'
import { pointsText } from '../parts/amounts.ts'
import { plainReading, saying } from '../parts/plain-reading.ts'
import { roundedMeasures } from '../parts/rounded-points.ts'

/** Why an account stands where it stands, as a person would say it: at most two things, and no metric twice. */
export function whyText(model: Model, health: Health): string {
  if (health.now.score === undefined) return 'Nothing is known about this account yet, so it has no score.'
  const moved = movedMost(model, health)
  const said = [...capWords(health), ...(moved.length > 0 ? moved : standing(model, health))]
  return said.length === 0 ? 'No measure stands out.' : capitalized(`${said.join('; ')}.`)
}

/** What drove the change of 30 days, in its own direction. */
function movedMost(model: Model, { now, monthAgo, direction }: Health): string[] {
  if (monthAgo === undefined || direction === undefined || direction === 'steady') return []
  const sign = direction === 'falling' ? -1 : 1
  const before = byId(monthAgo)
  const moves = measuresOf(now)
    .map(entry => ({ entry, by: sign * (entry.points - (before.get(entry.measure.id)?.points ?? 0)) }))
    .filter(({ entry, by }) => by >= 0.5 && readsOtherwise(model, monthAgo, now, entry.measure))
    .sort((a, b) => b.by - a.by)
    .map(({ entry }) => entry)
  return oncePerMetric(moves, 2).map(({ measure, reading }) =>
    saying(model, measure, reading, monthAgo.readings.get(measure.id)),
  )
}

/** What costs the most points; where nothing does, what carries the score. */
function standing(model: Model, health: Health): string[] {
  const rounded = roundedMeasures(health.now)
  const costs = oncePerMetric(hurting(health, 8), 2).filter(({ lost }) => lost >= WORTH_A_WORD)
  if (costs.length > 0) {
    return costs.map(
      ({ measure, reading }) => `${saying(model, measure, reading)} (${pointsText(rounded(measure.id).lost)} lost)`,
    )
  }
  return oncePerMetric(helping(health, 8), 2).map(({ measure, reading }) => saying(model, measure, reading))
}

const WORTH_A_WORD = 2

function capWords({ now }: Health): string[] {
  if (now.score === undefined || !isAbove(now.score.uncapped, now.score.value)) return []
  const [least] = now.caps.filter(({ holds }) => holds).sort((a, b) => a.atMost - b.atMost)
  return least === undefined ? [] : [`${least.because}, so the score is at most ${least.atMost}`]
}

function readsOtherwise(model: Model, before: Assessment, now: Assessment, measure: Measure): boolean {
  const read = ({ readings }: Assessment) => {
    const reading = readings.get(measure.id)
    return reading && plainReading(model, measure, reading)
  }
  return read(before) !== read(now)
}

function measuresOf({ components }: Assessment): MeasureScore[] {
  return components.flatMap(({ measures }) => measures)
}

function byId(assessment: Assessment): ReadonlyMap<string, MeasureScore> {
  return new Map(measuresOf(assessment).map(entry => [entry.measure.id, entry]))
}

function oncePerMetric(entries: readonly MeasureScore[], most: number): MeasureScore[] {
  const metrics = new Set<string>()
  const kept = entries.filter(({ measure: { id, input } }) => {
    const metric = input.from === 'metric' ? input.metric : id
    const isNew = !metrics.has(metric)
    metrics.add(metric)
    return isNew
  })
  return kept.slice(0, most)
}
