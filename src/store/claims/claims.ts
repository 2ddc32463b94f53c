import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { databaseNow } from '../engine/database-now.ts'
import { inTransaction } from '../engine/transaction.ts'
import type { Db } from '../tables.ts'

/**
 * What one process at a time may work on: a job, a shard of a job, the channel that it writes to,
 * or the name of an instance.
 */
export type Claimable = { readonly kind: 'job' | 'shard' | 'channel' | 'instance'; readonly name: string }

/** A request for a claim: `holder` names a process uniquely. */
export type Bid = Claimable & { readonly holder: string }

/**
 * The exclusive right to work on something, among all processes on this database. `epoch` counts how often it was taken, so
 * that a late write, after another process took over, can be recognized.
 */
export type Claim = Bid & { readonly epoch: number }

/**
 * Milliseconds after which a claim lapses unless it is renewed: the work of a killed process rests for that long. A shorter
 * lease would be lost by a process that is merely slow, whose work would then be wasted.
 */
export const LEASE = 8_000

/** No version of Rounds, older or newer, may use a longer lease, since instances of several versions may be up. */
export const LONGEST_LEASE = 60_000

/**
 * One conditional write: of any number of processes one gets the claim, once it was released or has lapsed. A caller that
 * decided by what it saw passes the epoch that it saw: if anybody held the claim since, it gets nothing.
 */
export async function takeClaim(db: Db, { kind, name, holder }: Bid, seen?: number): Promise<Claim | undefined> {
  const row = await db
    .insertInto('claims')
    .values({ kind, name, holder, epoch: 1, ...fromNow(db) })
    .onConflict(conflict =>
      conflict
        .columns(['kind', 'name'])
        .doUpdateSet(({ eb, ref }) => ({
          holder: ref('excluded.holder'),
          epoch: eb('claims.epoch', '+', 1),
          taken_at: ref('excluded.taken_at'),
          until: ref('excluded.until'),
        }))
        .where(isFree(db))
        .where('claims.epoch', '=', seen ?? sql.ref<number>('claims.epoch')),
    )
    .returning('epoch')
    .executeTakeFirst()
  return row && { kind, name, holder, epoch: row.epoch }
}

/**
 * Renews a claim, in the transaction that writes what was done under it. Throws if somebody has taken it since, so
 * that nothing of that is written.
 */
export async function renewClaim(db: Db, claim: Claim): Promise<void> {
  const held = db.updateTable('claims').set({ until: leaseEnd(db) })
  const { numUpdatedRows } = await held.where(({ and }) => and({ ...claim })).executeTakeFirst()
  if (numUpdatedRows !== 1n) throw claimLost(claim)
}

/** The error for a process whose claim somebody has taken. */
export function claimLost({ name }: Pick<Claim, 'name'>): BotError {
  return new BotError(
    'taken_over',
    `Another process took over (${name}), because this one was stuck for too long.`,
    'What it had written is kept; the other one does the rest.',
  )
}

/** Whether a write was refused since somebody has taken the claim. */
export function isTakenOver(error: unknown): boolean {
  return error instanceof BotError && error.code === 'taken_over'
}

/** Runs `work` in a transaction that commits only if the claim still holds. */
export function underClaim<T>(db: Db, claim: Claim, work: (db: Db) => Promise<T>): Promise<T> {
  return inTransaction(db, async db => {
    await renewClaim(db, claim)
    return work(db)
  })
}

/** Releases a claim; if another process has it already, nothing changes. */
export async function releaseClaim(db: Db, claim: Claim): Promise<void> {
  const held = db.updateTable('claims').set({ holder: null, until: 0 })
  await held.where(({ and }) => and({ ...claim })).execute()
}

/** Lets a claim lapse now, so that others take up its work at once. */
export async function lapseClaim(db: Db, claim: Claim): Promise<void> {
  const held = db.updateTable('claims').set({ until: 0 })
  await held.where(({ and }) => and({ ...claim })).execute()
}

/** Since when it is claimed; undefined if it is not. */
export async function takenSince(db: Db, { kind, name }: Claimable): Promise<Instant | undefined> {
  const claim = db.selectFrom('claims').select('taken_at').where('kind', '=', kind).where('name', '=', name)
  return (await claim.where(({ not }) => not(isFree(db))).executeTakeFirst())?.taken_at
}

/**
 * A condition on a row of `claims` that may be missing: nobody holds it, it has lapsed, or it is from before the clock
 * was set back.
 */
export function isFree(db: Db): RawBuilder<boolean> {
  return sql<boolean>`((claims.until > ${databaseNow(db)} and claims.until <= ${leaseEnd(db, LONGEST_LEASE)}) is not true)`
}

/** The instants of a claim that is taken now. */
export function fromNow(db: Db) {
  return { taken_at: databaseNow(db), until: leaseEnd(db) }
}

/** When a claim that is made now lapses. */
function leaseEnd(db: Db, lease = LEASE): RawBuilder<Instant> {
  return sql<Instant>`${databaseNow(db)} + ${lease}`
}
