import type { Model } from '../domain/model/model.ts'
import { CHANCE_DAYS } from '../domain/outcomes/chance/chance.ts'
import type { Change, Health, Move } from '../domain/scoring/health.ts'
import type { ComponentScore, MeasureScore } from '../domain/scoring/score.ts'
import { DAY, type Duration } from '../domain/time/instant.ts'
import { isoOrNull, isoTime } from '../domain/time/iso-time.ts'
import type { CheckedAccount } from '../work/accounts/check-account.ts'
import type { ShownChance } from '../work/outcomes/shown-chance.ts'

/** One account with its whole explanation: `show --json`, `GET /v1/accounts/:id/health`. Numbers are unrounded. */
export function accountHealthDocument(
  model: Model,
  {
    account,
    health,
    verdict,
    expansionReady,
  }: Pick<CheckedAccount, 'account' | 'health' | 'verdict' | 'expansionReady'>,
  { chance, reason }: ShownChance,
) {
  const { now } = health
  const isKnown = now.score !== undefined
  return {
    account: { id: account.id, name: account.name },
    as_of: isoTime(now.at),
    model: { name: model.name, version: model.version },
    segment: now.segment ?? null,
    score: now.score?.value ?? null,
    uncapped: now.score?.uncapped ?? null,
    shown: now.score?.shown ?? null,
    band: now.score?.band.id ?? null,
    role: now.score?.band.role ?? null,
    verdict,
    coverage: now.coverage,
    components: now.components().map(componentJson),
    caps: now.caps.map(({ atMost, because, holds }) => ({ at_most: atMost, because, holds })),
    trend: {
      ...Object.fromEntries(health.trend.map(trendEntry)),
      direction: (isKnown ? health.direction : undefined) ?? null,
    },
    changes: { '30d': health.moves?.map(moveJson) ?? null },
    expansion_ready: expansionReady,
    chance: chance === undefined ? null : { ...chance, days: CHANCE_DAYS },
    ...(chance === undefined && { chance_reason: reason ?? null }),
  }
}

/** The changes as people see them: shown now minus shown then. */
export function shownChanges({ trend }: Health) {
  return Object.fromEntries(trend.map(({ over, shown }) => [daysOf(over), shown ?? null]))
}

function componentJson({ component, measures, score, ...part }: ComponentScore) {
  return {
    id: component.id,
    weight: part.weight,
    share: part.share,
    score: score ?? null,
    coverage: part.coverage,
    points: part.points,
    lost: part.lost,
    measures: measures.map(measureJson),
  }
}

function measureJson({ measure, reading, score }: MeasureScore) {
  return {
    id: measure.id,
    state: reading.state,
    reading: reading.value ?? null,
    score: score ?? null,
    signals: reading.signals,
    newest: isoOrNull(reading.newest),
  }
}

function trendEntry({ over, points }: Change): [string, number | null] {
  return [daysOf(over), points ?? null]
}

function daysOf(span: Duration): string {
  return `${span / DAY}d`
}

function moveJson({ id, points }: Move) {
  return { id, points }
}
