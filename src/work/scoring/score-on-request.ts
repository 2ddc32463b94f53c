import type { Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { voidFutureScores } from '../../store/scoring/future-scores.ts'
import { newestScoringOrNone } from '../../store/scoring/statuses/current-status.ts'
import { refitChances } from '../outcomes/fit-chances.ts'
import { lastSlot } from '../schedule/slots.ts'
import { scoreAccounts } from './score.ts'
import type { ScoringResult } from './score-batch.ts'
import type { ScoringRun } from './scoring-run.ts'

type Request = Omit<ScoringRun, 'accounts' | 'purpose' | 'routes'> & {
  readonly routes: Routes
  /** The current time. */
  readonly now: Instant
}

/**
 * Somebody asks for the scores of an instant. First the newest slot is made up for, where nothing settled it; then come
 * the numbers of that instant. Before the newest stored score there is nothing left to settle.
 */
export async function scoreOnRequest(connection: Connection, request: Request): Promise<ScoringResult> {
  const { at, routes, now } = request
  await voidFutureScores(connection.db, now)
  const slot = lastSlot(routes.scoring, at)
  const newest = (await newestScoringOrNone(connection.db)) ?? -Infinity
  const purpose = slot === at && at >= newest ? 'slot' : 'now'
  const missed =
    slot === undefined || purpose === 'slot' || at < newest
      ? []
      : (await scoreAccounts(connection, { ...request, at: slot, accounts: 'unsettled', purpose: 'slot' })).transitions
  const { scored, transitions } = await scoreAccounts(connection, { ...request, accounts: 'all', purpose })
  if (at >= newest) await refitChances(connection, { model: request.model, scoring: routes.scoring, now: at })
  return { scored, transitions: [...missed, ...transitions] }
}
