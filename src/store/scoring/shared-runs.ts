import type { Day, Instant } from '../../domain/time/instant.ts'
import { type Claim, takenSince } from '../claims/claims.ts'
import { finishShards, isAnyShardTaken, offerShards, partOf, withdrawShards } from '../claims/shards.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

/** A scoring that several instances share, shard by shard. There is one at a time, begun by whoever holds the job. */
export type SharedRun = {
  readonly at: Instant
  readonly purpose: 'slot' | 'now'
  readonly accounts: 'all' | 'due' | 'unsettled'
  /** Which model and routes it uses: an instance with others takes no part. */
  readonly settings: string
  readonly facts: RunFacts
}

/** What was true when it began, and is the same for all its accounts. */
export type RunFacts = {
  readonly day: Day
  readonly model: number
  readonly isSlotSettled: boolean
  readonly silent: readonly string[]
}

/** The result for some accounts: how many were scored, and what changed. */
export type Found<Transition> = { readonly scored: number; readonly transitions: readonly Transition[] }

/** The name of the job: whoever scores holds it. */
export const SCORING = 'scoring'

/** Replaces an earlier run that nobody finished; returns the key of this one. */
export async function beginRun(db: Db, { facts, ...run }: SharedRun, shards: readonly number[]): Promise<number> {
  await endRuns(db)
  const row = { ...run, facts: JSON.stringify(facts) }
  const { key } = await db.insertInto('scoring_runs').values(row).returning('key').executeTakeFirstOrThrow()
  await offerShards(db, key, shards)
  return key
}

export async function openRunOrNone(db: Db): Promise<(SharedRun & { readonly key: number }) | undefined> {
  const [row] = await openRuns(db)
  if (row === undefined) return undefined
  const { purpose, accounts } = row as unknown as SharedRun
  return { ...row, purpose, accounts, facts: JSON.parse(row.facts) as RunFacts }
}

const openRuns = compiledOnce(db => db.selectFrom('scoring_runs').selectAll())

/** What was found of one shard. */
export type Shard = { readonly claim: Claim; readonly found: Found<unknown> }

/** Called in the transaction that writes what scoring these shards found. */
export async function endShards(db: Db, run: number, shards: readonly Shard[]): Promise<void> {
  await finishShards(
    db,
    shards.map(({ claim }) => claim),
  )
  const rows = shards.map(({ claim, found: { scored, transitions } }) => ({
    ...{ run, block: partOf(claim), scored },
    transitions: JSON.stringify(transitions),
  }))
  await db.insertInto('scoring_shards').values(rows).execute()
}

/** Ends a run whose shards are all done; returns what they found, in the order of their accounts. */
export async function endRun<Transition>(db: Db, run: number): Promise<Found<Transition>> {
  const shards = await db.selectFrom('scoring_shards').selectAll().where('run', '=', run).orderBy('block').execute()
  await endRuns(db)
  return {
    scored: shards.reduce((sum, { scored }) => sum + scored, 0),
    transitions: shards.flatMap(({ transitions }) => JSON.parse(transitions) as Transition[]),
  }
}

async function endRuns(db: Db): Promise<void> {
  await withdrawShards(db)
  await db.deleteFrom('scoring_shards').execute()
  await db.deleteFrom('scoring_runs').execute()
}

/** Whether anybody is scoring: a whole run, or a shard of a run whose owner is gone. */
export async function isScoringUnderWay(db: Db): Promise<boolean> {
  return (await takenSince(db, { kind: 'job', name: SCORING })) !== undefined || (await isAnyShardTaken(db))
}
