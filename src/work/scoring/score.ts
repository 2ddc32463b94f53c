import { reachOf } from '../../domain/scoring/reach.ts'
import { type ListedAccount, listCustomers, listCustomersAmong } from '../../store/accounts/account-list.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inGuardedTransaction, inTransaction } from '../../store/engine/transaction.ts'
import { clearDue, type DueAccount, readDueAccounts } from '../../store/scoring/due-accounts.ts'
import { modelKey } from '../../store/scoring/models/models.ts'
import { observeAccounts } from '../../store/scoring/observations.ts'
import { isAnySettledSince } from '../../store/scoring/scores.ts'
import type { RunFacts } from '../../store/scoring/shared-runs.ts'
import { slices } from '../../store/slices.ts'
import type { Db } from '../../store/tables.ts'
import { scoringDay } from '../schedule/slots.ts'
import { silentMetrics } from '../sources/silent-metrics.ts'
import {
  evaluateBatch,
  newsIn,
  passOf,
  type ScoringResult,
  saveEvaluated,
  type TransitionOfAccount,
  transitionsOf,
} from './score-batch.ts'
import type { ScoringRun } from './scoring-run.ts'
import { isWorthSharing, scoreTogether } from './together/score-together.ts'

/** Accounts saved in one transaction while a service needs the only writer: people wait for it. */
const SAVED_WHILE_SERVED = 128

/**
 * Scores accounts as of an instant: load, decide, store, batch by batch, each in its own transaction; on a shared database
 * together with the other instances.
 */
export async function scoreAccounts(connection: Connection, run: ScoringRun): Promise<ScoringResult> {
  const { db, engine } = connection
  const due = await readDueAccounts(db)
  const customers = await customersOf(db, run, due)
  const facts = await factsOf(db, run)
  const reach = reachOf([run.model], run.at)
  if (run.accounts === 'all') await engine.signals.packWeeks(db, reach)
  const { claim } = run
  if (engine.isShared && claim !== undefined && isWorthSharing(customers)) {
    return scoreTogether(connection, { ...run, claim }, facts, customers)
  }
  const pass = passOf(run, facts)
  const newsOf = newsIn(due)
  // News that arrives while an account is saved must not undo the save.
  const save = claim === undefined ? inTransaction : inGuardedTransaction
  const isWaitedFor = !engine.isShared && customers.length > SAVED_WHILE_SERVED && (await engine.isServed())
  let scored = 0
  const transitions: TransitionOfAccount[] = []
  for await (const batch of observeAccounts(connection, customers, reach)) {
    const { kept, settled } = await evaluateBatch(db, pass, batch)
    for (const some of isWaitedFor ? slices(kept, SAVED_WHILE_SERVED) : [kept]) {
      await save(db, db => saveEvaluated(db, pass, { kept: some, settled }, newsOf))
    }
    scored += kept.length
    transitions.push(...kept.flatMap(transitionsOf))
  }
  return { scored, transitions }
}

/** The customers to score, in the order of their keys. */
async function customersOf(db: Db, run: ScoringRun, due: readonly DueAccount[]): Promise<ListedAccount[]> {
  if (run.accounts !== 'due') return listCustomers(db)
  const customers = await listCustomersAmong(
    db,
    due.map(({ account }) => account),
  )
  // A retired account needs no due mark: if it returns, it is due anyway.
  const isCustomer = new Set(customers.map(({ key }) => key))
  await clearDue(
    db,
    due.filter(({ account }) => !isCustomer.has(account)),
  )
  return customers
}

async function factsOf(db: Db, { routes, model, at, accounts }: ScoringRun): Promise<RunFacts> {
  const day = scoringDay(routes?.scoring, at)
  return {
    day,
    model: await modelKey(db, model, at),
    isSlotSettled: accounts === 'unsettled' && (await isAnySettledSince(db, day, at)),
    silent: [...(await silentMetrics(db, at))],
  }
}
