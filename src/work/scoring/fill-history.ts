import type { CurrentStatus } from '../../domain/alerts/alert.ts'
import type { Model } from '../../domain/model/model.ts'
import { type Evaluation, evaluate } from '../../domain/scoring/evaluate.ts'
import { outlines } from '../../domain/scoring/health.ts'
import type { Scoring } from '../../domain/scoring/settle.ts'
import type { History } from '../../domain/scoring/window.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'
import { type ListedAccount, listCustomers } from '../../store/accounts/account-list.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { type JobClaim, keepJob } from '../../store/schedule/job-claims.ts'
import { saveCurrentStatus } from '../../store/scoring/current-status.ts'
import { connections } from '../../store/scoring/metric-connections.ts'
import { modelKey } from '../../store/scoring/models.ts'
import { observeAccount } from '../../store/scoring/observations.ts'
import { type PastScores, readPastScores, readSettledDays, type SettledDays } from '../../store/scoring/past-scores.ts'
import { type ScoredAccount, saveScores } from '../../store/scoring/scores.ts'
import { slices } from '../../store/slices.ts'
import { reasonFor } from '../../views/parts/reason.ts'

/** A day and the slot that it is scored as of. */
export type ScoredDay = { readonly day: Day; readonly at: Instant }

const BATCH = 500

/**
 * Scores these days, oldest first, with what is known today, and settles them day by day. It raises nothing, and days
 * that a slot settled stay as they are: they take part in settling the days after them. Gives how many scores it made.
 */
export async function fillHistory(
  connection: Connection,
  model: Model,
  days: readonly ScoredDay[],
  advance: () => void = () => {},
  claim?: JobClaim,
): Promise<number> {
  const { db } = connection
  const [oldest] = days
  if (oldest === undefined) return 0
  const key = await modelKey(db, model, days.at(-1)?.at ?? 0)
  const connectedAt = await connections(db)
  let made = 0
  for (const batch of slices(await listCustomers(db), BATCH)) {
    const keys = batch.map(({ key }) => key)
    const past = await readPastScores(db, keys, oldest.day, key, model.settling.dwell)
    const names = days.map(({ day }) => day)
    const settled = await readSettledDays(db, keys, names, key)
    for (const account of batch) {
      const scored = await fillAccount(connection, model, account, days, { past, settled, connectedAt })
      await inTransaction(db, async db => {
        if (claim !== undefined) await keepJob(db, claim)
        await saveScores(db, scored, key, 'filled')
        await saveCurrentStatus(db, scored.slice(-1), key, ({ health }) => reasonFor(model, health))
      })
      made += scored.length
      advance()
    }
  }
  return made
}

async function fillAccount(
  connection: Connection,
  model: Model,
  { key }: ListedAccount,
  days: readonly ScoredDay[],
  stored: { readonly past: PastScores; readonly settled: SettledDays; readonly connectedAt: History['connectedAt'] },
): Promise<ScoredAccount[]> {
  const account = await observeAccount(connection, key, days.at(-1)?.at ?? 0, Infinity, stored.connectedAt)
  const outlineAt = outlines(model, account)
  const alerts = (await alertsByAccount(connection.db, [key])).get(key) ?? []
  let announced: CurrentStatus | undefined = stored.past.announced(key)
  let earlier: readonly Scoring[] = stored.past.earlier(key)
  const follow = (status: CurrentStatus, scoring: Scoring) => {
    announced = status
    earlier = [scoring, ...earlier].slice(0, model.settling.dwell)
  }
  return days.flatMap(({ day, at }) => {
    const settled = stored.settled.get(key)?.get(day)
    if (settled !== undefined) {
      if (settled !== 'other') follow(settled.status, settled.scoring)
      return []
    }
    const known = { ...(announced !== undefined && { announced }), earlier, alerts }
    const evaluation = evaluate(model, account, known, at, 'scheduled', outlineAt)
    follow(evaluation.status, scoringOf(evaluation))
    return [{ account: key, day, evaluation }]
  })
}

/** What later days look back on. */
function scoringOf({ health, status, expansionHeld }: Evaluation): Scoring {
  const shown = health.now.score?.shown
  return {
    ...(shown !== undefined && { shown }),
    hasSharpDrop: status.hasSharpDrop,
    expansionHeld,
    ...(status.rules && { rules: status.rules }),
  }
}
