import type { Alert, Standing } from '../domain/alert.ts'
import { assessments } from '../domain/health.ts'
import { type Day, dayOf, type Instant } from '../domain/instant.ts'
import { judge } from '../domain/judge.ts'
import type { Model } from '../domain/model.ts'
import type { Scoring } from '../domain/settle.ts'
import { type ListedAccount, listCustomers } from '../store/account-list.ts'
import { alertsByAccount } from '../store/alerts.ts'
import { type Connection, inTransaction } from '../store/database.ts'
import { type JobClaim, keepJob } from '../store/job-claims.ts'
import { modelKey } from '../store/models.ts'
import { observeAccount } from '../store/observations.ts'
import { readPastScores } from '../store/past-scores.ts'
import { type ScoredAccount, saveScores, settledDays } from '../store/scores.ts'
import { saveStandings } from '../store/standings.ts'
import { reasonFor } from '../views/reason.ts'

/**
 * Scores the days at these instants, oldest first, with what is known today, and settles them day by day. It raises
 * nothing, and days that were scored as they came keep what people were told. Gives how many scores it made.
 */
export async function fillHistory(
  connection: Connection,
  model: Model,
  instants: readonly Instant[],
  advance: () => void = () => {},
  claim?: JobClaim,
): Promise<number> {
  const { db } = connection
  const accounts = await listCustomers(db)
  const key = await modelKey(db, model, instants.at(-1) ?? 0)
  for (const account of accounts) {
    const scored = await fillAccount(connection, model, key, account, instants)
    const missing = await withoutSettled(connection, account, scored)
    await inTransaction(db, async db => {
      if (claim !== undefined) await keepJob(db, claim)
      await saveScores(db, missing, key, 'filled')
      await saveStandings(db, missing.slice(-1), key, ({ health }) => reasonFor(model, health))
    })
    advance()
  }
  return accounts.length * instants.length
}

async function fillAccount(
  connection: Connection,
  model: Model,
  modelKey: number,
  { key }: ListedAccount,
  instants: readonly Instant[],
): Promise<ScoredAccount[]> {
  const { db } = connection
  const range = { first: key, last: key }
  const [first = 0, last = 0] = [instants[0], instants.at(-1)]
  const account = observeAccount(connection, key, last)
  const assessedAt = assessments(model, account)
  const past = await readPastScores(db, range, dayOf(first), modelKey, model.settling.dwell, 'scores')
  const alerts: readonly Alert[] = (await alertsByAccount(db, range)).get(key) ?? []
  let told: Standing | undefined = past.told(key)
  let earlier: readonly Scoring[] = past.earlier(key)
  return instants.map(at => {
    const known = { ...(told !== undefined && { told }), earlier, alerts }
    const judgement = judge(model, account, known, at, 'scheduled', assessedAt)
    const { health, expansionHeld, standing } = judgement
    const shown = health.now.score?.shown
    const scoring = {
      ...(shown !== undefined && { shown }),
      hasSharpDrop: standing.hasSharpDrop,
      expansionHeld,
      ...(standing.rules && { rules: standing.rules }),
    }
    told = standing
    earlier = [scoring, ...earlier].slice(0, model.settling.dwell)
    return { account: key, judgement }
  })
}

async function withoutSettled({ db }: Connection, { key }: ListedAccount, scored: readonly ScoredAccount[]) {
  const settled: ReadonlySet<Day> = await settledDays(db, key)
  return scored.filter(({ judgement }) => !settled.has(dayOf(judgement.health.now.at)))
}
