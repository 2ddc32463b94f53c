import { type Subjects, truth } from './oracle-conditions.ts'
import { DAY, duration, type OracleWorld } from './oracle-model.ts'
import { type OracleScore, readingOf, scoreAsOf } from './oracle-score.ts'

export interface OracleView {
  readonly world: OracleWorld
  /** The bare score as of an instant, computed once. */
  readonly at: (t: number) => OracleScore
  readonly expansionHolds: (t: number) => boolean
}

export function view(world: OracleWorld): OracleView {
  const seen = new Map<number, OracleScore>()
  const at = (t: number) => {
    const score = seen.get(t) ?? scoreAsOf(world, t)
    seen.set(t, score)
    return score
  }
  const subjects: Subjects = {
    shown: t => at(t).shown ?? undefined,
    judged: t => (at(t).bare === 'unknown' ? undefined : (at(t).shown ?? undefined)),
    band: t => at(t).band?.id,
    component: (id, t) => at(t).components.find(component => component.id === id)?.score ?? undefined,
    measure: (id, t) => readingOf(world, id, t),
  }
  const expansionHolds = (t: number) => {
    const rule = world.model.expansion
    if (rule === undefined) return false
    const days = rule.held_for === undefined ? 0 : duration(rule.held_for) / DAY
    for (let back = 0; back <= days; back++) {
      if (truth(world, rule.when, t - back * DAY, subjects) !== true) return false
    }
    return true
  }
  return { world, at, expansionHolds }
}

/** What `show --json` must say, but for the model's version and with instants as numbers; nothing was settled before. */
export function oracleDocument(world: OracleWorld, t: number) {
  const oracle = view(world)
  const now = oracle.at(t)
  return {
    account: world.account,
    as_of: t,
    segment: now.segment,
    ...{ score: now.score, uncapped: now.uncapped, shown: now.shown },
    ...{ band: now.band?.id ?? null, role: now.band?.role ?? null, verdict: now.bare, coverage: now.coverage },
    components: now.components.map(({ measures, ...component }) => ({
      ...component,
      measures: measures.map(({ id, state, reading, score, signals, newest }) => ({
        ...{ id, state, reading, score, signals, newest },
      })),
    })),
    caps: now.caps,
    trend: {
      ...Object.fromEntries(['7d', '30d', '90d'].map(over => [over, scoreChange(now, oracle.at(t - duration(over)))])),
      direction: direction(world, now, oracle.at(t - duration(world.model.trend?.over ?? '30d'))),
    },
    changes: { '30d': pointChanges(now, oracle.at(t - 30 * DAY)) },
    expansion_ready: oracle.expansionHolds(t),
  }
}

/** Without the data for a verdict at both instants there is neither a trend nor a change. */
const bothEvaluated = (now: OracleScore, then: OracleScore) => now.bare !== 'unknown' && then.bare !== 'unknown'

function scoreChange(now: OracleScore, then: OracleScore): number | null {
  if (!bothEvaluated(now, then)) return null
  return now.score === null || then.score === null ? null : now.score - then.score
}

function direction(world: OracleWorld, now: OracleScore, then: OracleScore): string | null {
  if (!bothEvaluated(now, then) || now.shown === null || then.shown === null) return null
  const dead = world.model.trend?.dead_band ?? 5
  if (now.shown - then.shown <= -dead) return 'falling'
  return now.shown - then.shown >= dead ? 'rising' : 'steady'
}

function pointChanges(now: OracleScore, then: OracleScore) {
  if (!bothEvaluated(now, then)) return null
  if (now.score === null || then.score === null || now.uncapped === null || then.uncapped === null) return null
  const lines = now.components.map((component, i) => ({
    id: component.id,
    points: component.points - (then.components[i]?.points ?? Number.NaN),
  }))
  return [...lines, { id: 'cap', points: now.score - now.uncapped - (then.score - then.uncapped) }]
}
