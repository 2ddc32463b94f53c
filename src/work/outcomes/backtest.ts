import { isConfidential } from '../../domain/alerts/confidential.ts'
import type { Model } from '../../domain/model/model.ts'
import type { ModelUse } from '../../domain/model/model-use.ts'
import { type AlertLoad, alertLoad, FOLLOWS } from '../../domain/outcomes/alert-load.ts'
import { type Backtest, type BacktestCase, backtestOf } from '../../domain/outcomes/backtest/backtest.ts'
import { type RestingAttribute, restingAttributes } from '../../domain/outcomes/backtest/resting-attributes.ts'
import { chosenOutcomes, type LeftOut } from '../../domain/outcomes/chosen.ts'
import { isBad, type Outcome } from '../../domain/outcomes/outcome.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { checkModel } from '../../model/load.ts'
import type { Routes } from '../../model/routes.ts'
import { readAttributesNamed } from '../../store/accounts/customers.ts'
import { openedSince } from '../../store/alerts/alerts-opened.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listOutcomes } from '../../store/outcomes/outcomes.ts'
import { saveBacktested } from '../../store/outcomes/study-marks.ts'
import { contentBefore } from '../../store/scoring/models/model-contents.ts'
import { modelsUsedSince } from '../../store/scoring/models/models.ts'
import { lookBack } from './look-back.ts'
import type { Watched } from './watch.ts'

export type BacktestRun = {
  readonly model: Model
  readonly scoring: Routes['scoring']
  readonly leadDays: number
  /** Only the newest of each side. */
  readonly last?: number | undefined
  readonly now: Instant
}

export type BacktestReport = {
  readonly backtest: Backtest
  readonly cases: readonly BacktestCase[]
  readonly leftOut: readonly LeftOut[]
  readonly alerts: AlertLoad
  /** The attributes of which little was known at the cuts, with what rests on them. */
  readonly attributes: readonly RestingAttribute[]
  /** Which versions of the model scored since the first of the cuts. */
  readonly versions: readonly ModelUse[]
}

/** Compares what the score said a number of days before each outcome with what happened. */
export async function backtest(
  connection: Connection,
  run: BacktestRun,
  watched: Watched = {},
): Promise<BacktestReport> {
  const { db } = connection
  const { model, scoring, leadDays, last, now } = run
  const { outcomes, leftOut } = chosenOutcomes(await listOutcomes(db), now, last)
  const before = await modelBefore(connection, model)
  const asked = { model, outcomes, leads: [leadDays], today: true, runs: true, scoring, before }
  const looked = await lookBack(connection, asked, watched)
  const cases = looked.flatMap(({ outcome, account, looks: [look], eve, leadTime }): BacktestCase[] =>
    look?.today === undefined || eve === undefined
      ? []
      : [
          {
            account,
            on: outcome.on,
            isBad: isBad(outcome),
            known: look.known,
            today: look.today,
            eve,
            before: look.before,
            leadTime,
          },
        ],
  )
  await saveBacktested(db, model.version, now)
  return {
    backtest: backtestOf(model, cases, leadDays, now),
    cases,
    leftOut,
    alerts: await alertsBefore(connection, outcomes, now),
    attributes: restingAttributes(model, cases),
    versions: await modelsUsedSince(db, Math.min(now, ...cases.map(({ known }) => known.at))),
  }
}

/** Of the time since the first outcome that counts. */
async function alertsBefore({ db }: Connection, outcomes: readonly Outcome[], now: Instant): Promise<AlertLoad> {
  const since = Math.min(now, ...outcomes.map(({ on }) => Date.parse(on))) - FOLLOWS
  const opened = (await openedSince(db, since)).filter(
    ({ kind }) => !isConfidential(kind) && kind !== 'expansion_ready',
  )
  const about = await readAttributesNamed(db, ['owner'], [...new Set(opened.map(({ account }) => account))])
  const owned = opened.map(alert => ({ ...alert, owner: about.get(alert.account)?.('owner', now) }))
  return alertLoad(owned, outcomes)
}

/** Undefined where there is none, or its file no longer reads. */
async function modelBefore({ db }: Connection, { version }: Model): Promise<Model | undefined> {
  const content = await contentBefore(db, version)
  return content === undefined ? undefined : checkModel(content).model
}
