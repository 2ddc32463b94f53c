import { type OracleView, view } from './oracle.ts'
import { duration, type OracleWorld } from './oracle-model.ts'

export interface OracleVerdict {
  readonly at: number
  readonly shown: number | null
  readonly verdict: string
  readonly expansionReady: boolean
}

/** A scoring: at a scheduled instant it settles, at another only a sharp drop speaks. */
export interface OracleScoring {
  readonly at: number
  readonly scheduled: boolean
}

/** What people are told after each scoring, in order. */
export function settleEach(world: OracleWorld, scorings: readonly OracleScoring[]): readonly OracleVerdict[] {
  const oracle = view(world)
  const told: OracleVerdict[] = []
  const scheduled: number[] = []
  for (const scoring of scorings) {
    if (scoring.scheduled) scheduled.push(scoring.at)
    const before = told.at(-1)
    const shown = oracle.at(scoring.at).shown
    const verdict = before === undefined ? oracle.at(scoring.at).bare : next(oracle, before.verdict, scoring, scheduled)
    const expansionReady = ready(oracle, before, scoring, scheduled)
    told.push({ at: scoring.at, shown, verdict, expansionReady })
  }
  return told
}

function next(oracle: OracleView, before: string, scoring: OracleScoring, scheduled: readonly number[]): string {
  const { settling } = oracle.world.model
  const today = oracle.at(scoring.at)
  const { bands, bare } = today
  const place = (id: string) => bands.findIndex(band => band.id === id)

  const drop = settling?.sharp_drop ?? { points: 15, over: '30d' }
  const then = oracle.at(scoring.at - duration(drop.over))
  const fall = then.shown === null || then.bare === 'unknown' || today.shown === null ? 0 : then.shown - today.shown
  const breaks = before !== 'unknown' && bare !== 'unknown' && fall >= drop.points && place(bare) < place(before)
  if (breaks) return bare
  // "Entered and left at once" is read as between scheduled scorings too; it can be read otherwise.
  if (bare === 'unknown' || before === 'unknown') return bare
  if (!scoring.scheduled) return before

  const dwell = settling?.dwell ?? 2
  const run = scheduled.slice(-dwell).map(at => oracle.at(at).shown)
  const every = (test: (shown: number) => boolean) => run.length === dwell && run.every(s => s !== null && test(s))
  const line = (i: number) => bands[i]?.from ?? Number.POSITIVE_INFINITY
  let i = place(before)
  while (i > 0 && every(shown => shown < line(i))) i--
  while (i < bands.length - 1 && every(shown => shown >= line(i + 1) + (settling?.margin ?? 5))) i++
  return bands[i]?.id ?? before
}

function ready(
  oracle: OracleView,
  before: OracleVerdict | undefined,
  scoring: OracleScoring,
  scheduled: readonly number[],
): boolean {
  if (before === undefined) return oracle.expansionHolds(scoring.at)
  if (!scoring.scheduled) return before.expansionReady
  if (!before.expansionReady) return oracle.expansionHolds(scoring.at)
  const dwell = oracle.world.model.settling?.dwell ?? 2
  const run = scheduled.slice(-dwell)
  return run.length < dwell || run.some(at => oracle.expansionHolds(at))
}
