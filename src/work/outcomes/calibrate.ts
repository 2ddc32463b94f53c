import type { Model } from '../../domain/model/model.ts'
import { type Calibration, calibrate, tooFewFor } from '../../domain/outcomes/calibration/calibrate.ts'
import { cheapestLine, type Line } from '../../domain/outcomes/calibration/cheapest-line.ts'
import type { CalibrationCase } from '../../domain/outcomes/calibration/reweighed.ts'
import { chosenOutcomes } from '../../domain/outcomes/chosen.ts'
import { isBad } from '../../domain/outcomes/outcome.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listOutcomes } from '../../store/outcomes/outcomes.ts'
import { lookBack } from './look-back.ts'
import type { Watched } from './watch.ts'

export type CalibrationRun = {
  readonly model: Model
  readonly scoring: Routes['scoring']
  readonly leadDays: number
  readonly now: Instant
  readonly seed: number
  readonly isTimeOrdered: boolean
  readonly costs: { readonly missed: number; readonly falseAlarm: number }
}

export type CalibrationReport = Omit<Calibration, 'weights'> & {
  readonly weights: readonly { readonly component: string; readonly now: number; readonly fitted: number }[]
  readonly outcomes: { readonly bad: number; readonly good: number; readonly unscored: number }
  /** Below which a score is at risk: now, and where the stated costs are least. */
  readonly lines: { readonly now: Line; readonly best: Line }
}

/** Fits weights to what was known so long before each outcome; or says what is missing. */
export async function calibrateModel(
  connection: Connection,
  run: CalibrationRun,
  watched: Watched = {},
): Promise<CalibrationReport | { readonly tooFew: string }> {
  const { model, scoring, leadDays, now, seed, isTimeOrdered, costs } = run
  const { outcomes } = chosenOutcomes(await listOutcomes(connection.db), now)
  const asked = { model, outcomes, leads: [leadDays], scoring }
  const looked = await lookBack(connection, asked, watched)
  const scored = looked.flatMap(({ outcome, looks: [look] }) =>
    look?.known.score === undefined ? [] : [{ outcome, look: look.known, shown: look.known.score.shown }],
  )
  const cases = scored.map(({ outcome, look }): CalibrationCase => {
    const { account, on } = outcome
    return { account, on, isBad: isBad(outcome), scores: look.components, own: look.own, cap: look.cap }
  })
  const found = calibrate(
    cases,
    model.components.map(({ weight }) => weight),
    { seed, isTimeOrdered },
  )
  if (found === undefined) return { tooFew: tooFewFor(cases) ?? 'too few outcomes of each kind' }
  const bad = cases.filter(({ isBad }) => isBad).length
  const edge = model.bands[model.bands.findLastIndex(({ role }) => role === 'at_risk') + 1]?.from ?? 100
  return {
    ...found,
    weights: model.components.map(({ id, weight }, at) => ({
      component: id,
      now: weight,
      fitted: found.weights[at] ?? weight,
    })),
    outcomes: { bad, good: cases.length - bad, unscored: looked.length - cases.length },
    lines: cheapestLine(
      scored.map(({ outcome, shown }) => ({ shown, isBad: isBad(outcome) })),
      costs,
      Math.ceil(edge),
    ),
  }
}
