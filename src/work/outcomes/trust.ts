import type { Model } from '../../domain/model/model.ts'
import type { ModelUse } from '../../domain/model/model-use.ts'
import { measureSeparations } from '../../domain/outcomes/backtest/measure-separation.ts'
import { chosenOutcomes, type LeftOut } from '../../domain/outcomes/chosen.ts'
import type { Look } from '../../domain/outcomes/look.ts'
import { type Remedy, remediesOf } from '../../domain/outcomes/trust/remedies.ts'
import { type Before, type Portfolio, type Trust, type TrustCase, trustOf } from '../../domain/outcomes/trust/trust.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listOutcomes } from '../../store/outcomes/outcomes.ts'
import { saveTrust } from '../../store/outcomes/study-marks.ts'
import { modelsUsedSince } from '../../store/scoring/models/models.ts'
import { lookBack } from './look-back.ts'
import { portfolioNow } from './portfolio-now.ts'
import type { Watched } from './watch.ts'

export type TrustRun = {
  readonly model: Model
  readonly scoring: Routes['scoring']
  readonly now: Instant
}

export type TrustReport = Trust & {
  readonly model: Pick<Model, 'name' | 'version'>
  readonly at: Instant
  readonly churned: number
  readonly others: number
  readonly unscored: number
  readonly leftOut: readonly LeftOut[]
  readonly portfolio: Portfolio
  readonly remedies: readonly Remedy[]
  /** Which versions of the model scored since the first of the cuts. */
  readonly versions: readonly ModelUse[]
}

/** The four floors, by all outcomes and by the portfolio of today. */
export async function trust(
  connection: Connection,
  { model, scoring, now }: TrustRun,
  watched: Watched = {},
): Promise<TrustReport> {
  const { outcomes, leftOut } = chosenOutcomes(await listOutcomes(connection.db), now)
  const asked = { model, outcomes, leads: [90, 60], scoring }
  const looked = await lookBack(connection, asked, watched)
  const cases = looked.map(({ outcome, looks: [at90, at60] }): TrustCase => {
    return { isChurned: outcome.kind === 'churned', at90: beforeOf(at90?.known), at60: beforeOf(at60?.known) }
  })
  const parted = looked.flatMap(({ outcome, looks: [at90] }) =>
    at90 === undefined ? [] : [{ isBad: outcome.kind === 'churned', known: at90.known, eve: at90.known }],
  )
  const { shown, ...portfolio } = await portfolioNow(connection, model, now)
  const found = trustOf(cases, portfolio)
  const version = model.version
  await saveTrust(connection.db, { version, at: now, floors: found.floors })
  const churned = cases.filter(({ isChurned }) => isChurned).length
  return {
    ...found,
    model: { name: model.name, version: model.version },
    at: now,
    churned,
    others: cases.length - churned,
    unscored: cases.filter(({ at90 }) => at90 === undefined).length,
    leftOut,
    portfolio,
    remedies: remediesOf(model, found.floors, { cases, shown, measures: measureSeparations(model, parted) }),
    versions: await modelsUsedSince(connection.db, Math.min(now, ...parted.map(({ known }) => known.at))),
  }
}

function beforeOf(look: Look | undefined): Before | undefined {
  return look?.score === undefined ? undefined : { score: look.score.value, role: look.score.role }
}
