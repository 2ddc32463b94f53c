import type { ObservedAccount } from '../../domain/accounts/account.ts'
import type { Alert, CurrentStatus } from '../../domain/alerts/alert.ts'
import type { Model } from '../../domain/model/model.ts'
import { type Evaluation, evaluate } from '../../domain/scoring/evaluate.ts'
import { outlines } from '../../domain/scoring/health.ts'
import { reachOf } from '../../domain/scoring/reach.ts'
import type { Scoring } from '../../domain/scoring/settle.ts'
import { compareText } from '../../domain/sources/signal.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'
import { type ListedAccount, listCustomers } from '../../store/accounts/account-list.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { type Claim, renewClaim } from '../../store/claims/claims.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { modelKey } from '../../store/scoring/models/models.ts'
import { observeAccounts } from '../../store/scoring/observations.ts'
import { type PastScores, readPastScores, readSettledDays, type SettledDays } from '../../store/scoring/past-scores.ts'
import { type ScoredAccount, saveScores } from '../../store/scoring/scores.ts'
import { type ShownAccount, saveCurrentStatus } from '../../store/scoring/statuses/current-status.ts'
import { slices } from '../../store/slices.ts'
import type { Db } from '../../store/tables.ts'
import { scoredAccount, shownAccount } from './scored-account.ts'

/** A day and the slot that it is scored as of. */
export type ScoredDay = { readonly day: Day; readonly at: Instant }

/** Accounts whose days are written in one transaction: another writer waits for one such write at most. */
const WRITTEN_TOGETHER = 25

/**
 * Scores these days, oldest first, with what is known today, and settles them day by day. It raises nothing, and days
 * that a slot settled stay as they are: they take part in settling the days after them. Returns how many scores it made.
 */
export async function fillHistory(
  connection: Connection,
  model: Model,
  days: readonly ScoredDay[],
  advance: () => void = () => {},
  claim?: Claim,
): Promise<number> {
  const { db } = connection
  const [oldest, newest] = [days[0], days.at(-1)]
  if (oldest === undefined || newest === undefined) return 0
  const key = await modelKey(db, model, newest.at)
  const reach = reachOf([model], newest.at, oldest.at)
  let made = 0
  for await (const { entries, observed } of observeAccounts(connection, await listCustomers(db), reach)) {
    const stored = await readStored(db, entries, days, { model, key })
    for (const part of slices(entries, WRITTEN_TOGETHER)) {
      const filled = part.map(entry => fillAccount(model, entry.key, observed(entry), days, stored))
      await inTransaction(db, async db => {
        if (claim !== undefined) await renewClaim(db, claim)
        await saveScores(db, filled.flatMap(({ days }) => days).sort(inKeyOrder), key, 'filled')
        const newest = filled.flatMap(({ newest }) => newest ?? [])
        await saveCurrentStatus(db, newest, key)
      })
      for (const { days } of filled) {
        made += days.length
        advance()
      }
    }
  }
  return made
}

/** What a batch of accounts has had until now. */
type Stored = {
  readonly past: PastScores
  readonly settled: SettledDays
  readonly alerts: ReadonlyMap<number, readonly Alert[]>
}

async function readStored(
  db: Db,
  accounts: readonly ListedAccount[],
  days: readonly ScoredDay[],
  { model, key }: { readonly model: Model; readonly key: number },
): Promise<Stored> {
  const keys = accounts.map(({ key }) => key)
  const names = days.map(({ day }) => day)
  return {
    past: await readPastScores(db, keys, names[0] ?? '', key, model.settling.dwell),
    settled: await readSettledDays(db, keys, names, key),
    alerts: await alertsByAccount(db, keys),
  }
}

/** The days of an account that were filled in, and the newest of them with what is shown of it. */
type Filled = { readonly days: readonly ScoredAccount[]; readonly newest: ShownAccount | undefined }

function fillAccount(
  model: Model,
  key: number,
  account: ObservedAccount,
  days: readonly ScoredDay[],
  stored: Stored,
): Filled {
  const outlineAt = outlines(model, account)
  const alerts = stored.alerts.get(key) ?? []
  let announced: CurrentStatus | undefined = stored.past.announced(key)
  let earlier: readonly Scoring[] = stored.past.earlier(key)
  const follow = (status: CurrentStatus, scoring: Scoring) => {
    announced = status
    earlier = [scoring, ...earlier].slice(0, model.settling.dwell)
  }
  const filled: ScoredAccount[] = []
  let newest: (() => ShownAccount) | undefined
  for (const { day, at } of days) {
    const settled = stored.settled.get(key)?.get(day)
    if (settled !== undefined) {
      if (settled !== 'other') follow(settled.status, settled.scoring)
      continue
    }
    const known = { announced, earlier, alerts }
    const evaluation = evaluate(model, account, known, at, 'scheduled', outlineAt)
    follow(evaluation.status, scoringOf(evaluation))
    filled.push(scoredAccount(key, day, evaluation))
    newest = () => shownAccount(model, key, day, evaluation)
  }
  return { days: filled, newest: newest?.() }
}

/** The order in which the database keeps them, which it writes fastest. */
function inKeyOrder(a: ScoredAccount, b: ScoredAccount): number {
  return compareText(a.day, b.day) || a.account - b.account
}

/** What later days look back on. */
function scoringOf({ health, status, expansionHeld }: Evaluation): Scoring {
  return {
    shown: health.now.score?.shown,
    hasSharpDrop: status.hasSharpDrop,
    expansionHeld,
    rules: status.rules,
  }
}
