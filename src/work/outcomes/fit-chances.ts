import type { Model } from '../../domain/model/model.ts'
import { sumOf } from '../../domain/number.ts'
import { CHANCE_DAYS, type ChanceFit, expectedLoss, fitChances } from '../../domain/outcomes/chance/chance.ts'
import { chosenOutcomes } from '../../domain/outcomes/chosen.ts'
import { isBad } from '../../domain/outcomes/outcome.ts'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listOutcomes } from '../../store/outcomes/outcomes.ts'
import { renewalsWithOutcome } from '../../store/outcomes/renewals.ts'
import { hasOtherModel, type StoredChances, saveChances, wasBacktested } from '../../store/outcomes/study-marks.ts'
import { readPortfolioScores } from '../../store/portfolio/scores.ts'
import { lookBack } from './look-back.ts'

const TWO_YEARS = 730 * DAY
const YEAR = 365 * DAY

type Run = { readonly model: Model; readonly scoring: Routes['scoring']; readonly now: Instant }

/** Recomputes what a score is worth, from past outcomes, and stores it. */
export async function refitChances(connection: Connection, run: Run): Promise<StoredChances> {
  const fit = await chancesNow(connection, run)
  const isUnseen =
    (await hasOtherModel(connection.db, run.model.version)) && !(await wasBacktested(connection.db, run.model.version))
  const lines = fit.steps === undefined ? [] : await readPortfolioScores(connection.db, run.now)
  const atRisk = new Set(run.model.bands.filter(({ role }) => role === 'at_risk').map(({ id }) => id))
  const loss = expectedLoss(fit, lines)
  const kept = {
    fit,
    at: run.now,
    isUnseen,
    arrAtRisk: sumOf(lines, ({ verdict, arr }) => (atRisk.has(verdict) ? arr : 0)),
    ...(loss !== undefined && { loss }),
  }
  await saveChances(connection.db, kept)
  return kept
}

async function chancesNow(connection: Connection, { model, scoring, now }: Run): Promise<ChanceFit> {
  const { db } = connection
  const { version } = model
  const recent = (await listOutcomes(db)).filter(({ on }) => Date.parse(on) > now - TWO_YEARS)
  const { outcomes } = chosenOutcomes(recent, now)
  const looked = await lookBack(connection, { model, outcomes, leads: [CHANCE_DAYS], scoring })
  return fitChances({
    version,
    known: looked.flatMap(({ outcome, looks: [look] }) =>
      look?.known.score === undefined ? [] : [{ risk: 100 - look.known.score.value, isBad: isBad(outcome) }],
    ),
    renewals: await renewalsWithOutcome(db, dayOf(now - YEAR), dayOf(now)),
  })
}
