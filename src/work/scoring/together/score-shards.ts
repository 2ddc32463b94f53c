import { reachOf } from '../../../domain/scoring/reach.ts'
import { type ListedAccount, listCustomersAmong } from '../../../store/accounts/account-list.ts'
import { type Claim, isTakenOver } from '../../../store/claims/claims.ts'
import { renewing } from '../../../store/claims/renewing.ts'
import { partOf, takeShard } from '../../../store/claims/shards.ts'
import type { Connection } from '../../../store/engine/engine.ts'
import { inGuardedTransaction } from '../../../store/engine/transaction.ts'
import { type DueAccount, readDueAmong } from '../../../store/scoring/due-accounts.ts'
import { type Observing, observeSome, openObserving } from '../../../store/scoring/observations.ts'
import { endShard } from '../../../store/scoring/shared-runs.ts'
import type { Db } from '../../../store/tables.ts'
import {
  type EvaluatedBatch,
  evaluateBatch,
  newsIn,
  type ScoringPass,
  saveEvaluated,
  transitionsOf,
} from '../score-batch.ts'
import { keysOfShard } from './shard.ts'

type Taking = {
  readonly run: number
  readonly holder: string
  /** When to stop, by `performance.now()`, though there may be more. */
  readonly until?: number
}

/** Shards that a process works on at a time: while the server works on one, the other is evaluated. */
const TOGETHER = 2

/** Scores shards that nobody else has taken until none is left; returns how many. Stops at a failure, once the others are done. */
export async function scoreShards(
  connection: Pick<Connection, 'db' | 'engine'>,
  pass: ScoringPass,
  taking: Taking,
): Promise<number> {
  const lanes = Array.from({ length: TOGETHER }, () => scoreInTurn(connection, pass, taking))
  let done = 0
  for (const lane of await Promise.allSettled(lanes)) {
    if (lane.status === 'rejected') throw lane.reason
    done += lane.value
  }
  return done
}

/**
 * One shard after the other. A shard's rows, and that it is done, are written in one transaction under its claim. A shard
 * that fails stays taken until its claim lapses, so that nobody retries at once.
 */
async function scoreInTurn(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  pass: ScoringPass,
  { run, holder, until = Infinity }: Taking,
): Promise<number> {
  let observing: Observing | undefined
  let done = 0
  while (performance.now() < until) {
    const claim = await takeShard(db, run, holder)
    if (claim === undefined) break
    observing ??= await openObserving({ db, engine }, reachOf([pass.model], pass.at))
    const opened = observing
    try {
      await renewing(db, claim, () => scoreShard(opened, pass, run, claim))
      done += 1
    } catch (error) {
      // The instance that has it now will finish it.
      if (!isTakenOver(error)) throw error
    }
  }
  return done
}

async function scoreShard(observing: Observing, pass: ScoringPass, run: number, claim: Claim): Promise<void> {
  const { db } = observing
  const keys = keysOfShard(partOf(claim))
  const due = await readDueAmong(db, keys)
  const parts: EvaluatedBatch[] = []
  for await (const batch of observeSome(observing, await customersAmong(db, pass, keys, due))) {
    parts.push(await evaluateBatch(db, pass, batch))
  }
  const kept = parts.flatMap(({ kept }) => kept)
  const settled = new Map(parts.flatMap(({ settled }) => [...settled]))
  const found = { scored: kept.length, transitions: kept.flatMap(transitionsOf) }
  await inGuardedTransaction(db, async db => {
    await endShard(db, run, claim, found)
    await saveEvaluated(db, pass, { kept, settled }, newsIn(due))
  })
}

function customersAmong(
  db: Db,
  { accounts }: ScoringPass,
  keys: readonly number[],
  due: readonly DueAccount[],
): Promise<ListedAccount[]> {
  return listCustomersAmong(db, accounts === 'due' ? due.map(({ account }) => account) : keys)
}
