import { groupedBy } from '../../../domain/grouped.ts'
import { reachOf } from '../../../domain/scoring/reach.ts'
import { type ListedAccount, listCustomersAmong } from '../../../store/accounts/account-list.ts'
import { type Claim, isTakenOver } from '../../../store/claims/claims.ts'
import { renewing } from '../../../store/claims/renewing.ts'
import { partOf, takeShards } from '../../../store/claims/shards.ts'
import type { Connection } from '../../../store/engine/engine.ts'
import { blockOf, keysOfBlock } from '../../../store/engine/packs/block.ts'
import { inGuardedTransaction } from '../../../store/engine/transaction.ts'
import { type DueAccount, readDueAmong } from '../../../store/scoring/due-accounts.ts'
import { type Observing, observeInBatches, openObserving } from '../../../store/scoring/observations.ts'
import { endShards, type Found } from '../../../store/scoring/shared-runs.ts'
import type { Db } from '../../../store/tables.ts'
import {
  type EvaluatedBatch,
  evaluateBatch,
  newsIn,
  type ScoringPass,
  saveEvaluated,
  type TransitionOfAccount,
  transitionsOf,
} from '../score-batch.ts'

type Taking = {
  readonly run: number
  readonly holder: string
  /** When to stop, by `performance.now()`, though there may be more. */
  readonly until?: number
}

/** Turns that a process works on at a time: while the server works on one, the other is evaluated. */
const TOGETHER = 2

/** Scores shards that nobody else has taken until none is left; returns how many. Stops at a failure, once the others are done. */
export async function scoreShards(
  connection: Pick<Connection, 'db' | 'engine'>,
  pass: ScoringPass,
  taking: Taking,
): Promise<number> {
  const lanes = Array.from({ length: TOGETHER }, () => scoreInTurns(connection, pass, taking))
  let done = 0
  for (const lane of await Promise.allSettled(lanes)) {
    if (lane.status === 'rejected') throw lane.reason
    done += lane.value
  }
  return done
}

/**
 * One turn after the other, some shards in each. Their rows, and that they are done, are written in one transaction under
 * their claims. The shards of a turn that fails stay taken until their claims lapse, so that nobody retries at once.
 */
async function scoreInTurns(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  pass: ScoringPass,
  { run, holder, until = Infinity }: Taking,
): Promise<number> {
  let observing: Observing | undefined
  let done = 0
  while (performance.now() < until) {
    const claims = await takeShards(db, run, holder)
    if (claims.length === 0) break
    observing ??= await openObserving({ db, engine }, reachOf([pass.model], pass.at))
    const opened = observing
    try {
      await renewing(db, claims, () => scoreTurn(opened, pass, run, claims))
      done += claims.length
    } catch (error) {
      // The instance that has it now will finish it.
      if (!isTakenOver(error)) throw error
    }
  }
  return done
}

async function scoreTurn(
  observing: Observing,
  pass: ScoringPass,
  run: number,
  claims: readonly Claim[],
): Promise<void> {
  const { db } = observing
  const keys = claims.flatMap(claim => keysOfBlock(partOf(claim)))
  const due = await readDueAmong(db, keys)
  const parts: EvaluatedBatch[] = []
  for await (const batch of observeInBatches(observing, await customersAmong(db, pass, keys, due))) {
    parts.push(await evaluateBatch(db, pass, batch))
  }
  const kept = parts.flatMap(({ kept }) => kept)
  const settled = new Map(parts.flatMap(({ settled }) => [...settled]))
  const found = groupedBy(kept, ({ account }) => blockOf(account))
  await inGuardedTransaction(db, async db => {
    await endShards(
      db,
      run,
      claims.map(claim => ({ claim, found: foundIn(found.get(partOf(claim)) ?? []) })),
    )
    await saveEvaluated(db, pass, { kept, settled }, newsIn(due))
  })
}

function foundIn(kept: EvaluatedBatch['kept']): Found<TransitionOfAccount> {
  return { scored: kept.length, transitions: kept.flatMap(transitionsOf) }
}

function customersAmong(
  db: Db,
  { accounts }: ScoringPass,
  keys: readonly number[],
  due: readonly DueAccount[],
): Promise<ListedAccount[]> {
  return listCustomersAmong(db, accounts === 'due' ? due.map(({ account }) => account) : keys)
}
