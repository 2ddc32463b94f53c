import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { compiledOnce } from '../compiled-once.ts'
import { databaseNow } from '../engine/database-now.ts'
import { inTransaction } from '../engine/transaction.ts'
import type { Db } from '../tables.ts'

/**
 * What one process at a time may be at: a job, one of the shards that a job was cut into, the channel to which it writes,
 * or being the instance of that name.
 */
export type Claimable = { readonly kind: 'job' | 'shard' | 'channel' | 'instance'; readonly name: string }

/** Somebody who wants to be at it: `holder` names a process, and no two have the same. */
export type Bid = Claimable & { readonly holder: string }

/**
 * The right to be at something, alone among all processes on this database. `epoch` counts how often it was taken, so
 * that what a process writes late, after another took over, is known by it.
 */
export type Claim = Bid & { readonly epoch: number }

/**
 * Milliseconds that a claim stands which its holder does not renew: so long rests what a killed process was at. A shorter
 * one would be lost by a process that is merely slow, which then does its work in vain.
 */
export const LEASE = 8_000

/** No version of this product, older or newer, lets a claim stand for longer: those of all that are up count alike. */
export const LONGEST_LEASE = 60_000

/**
 * One conditional write: of any number of processes one gets the claim, once it was left or has lapsed. Who decided to
 * by what they saw names the epoch that they saw: when somebody was at it since, they get nothing.
 */
export async function take(db: Db, { kind, name, holder }: Bid, seen?: number): Promise<Claim | undefined> {
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
 * Renews a claim; in the transaction that writes what was done under it. Throws when somebody has taken it since, so
 * that nothing of that is written.
 */
export async function keep(db: Db, claim: Claim): Promise<void> {
  const held = db.updateTable('claims').set({ until: leaseEnd(db) })
  const { numUpdatedRows } = await held.where(({ and }) => and({ ...claim })).executeTakeFirst()
  if (numUpdatedRows !== 1n) throw lost(claim)
}

/** What a process is told whose claim somebody has taken. */
export function lost({ name }: Claim): BotError {
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

/** Runs `work` in a transaction that stands and falls with the claim. */
export function underClaim<T>(db: Db, claim: Claim, work: (db: Db) => Promise<T>): Promise<T> {
  return inTransaction(db, async db => {
    await keep(db, claim)
    return work(db)
  })
}

/** Lets the next one in; where another has it already, nothing changes. */
export async function leave(db: Db, claim: Claim): Promise<void> {
  const held = db.updateTable('claims').set({ holder: null, until: 0 })
  await held.where(({ and }) => and({ ...claim })).execute()
}

/** As if its holder had gone: whoever looks for what lapsed takes it up at once. */
export async function letLapse(db: Db, claim: Claim): Promise<void> {
  const held = db.updateTable('claims').set({ until: 0 })
  await held.where(({ and }) => and({ ...claim })).execute()
}

/** Since when somebody is at it; undefined while nobody is. */
export async function takenSince(db: Db, { kind, name }: Claimable): Promise<Instant | undefined> {
  const claim = db.selectFrom('claims').select('taken_at').where('kind', '=', kind).where('name', '=', name)
  return (await claim.where(({ not }) => not(isFree(db))).executeTakeFirst())?.taken_at
}

/** What somebody went from without leaving it, and nobody has taken since. */
export async function lapsedClaims(db: Db): Promise<string[]> {
  return (await lapsed(db)).map(({ kind, name, epoch }) => `${kind} ${name} ${epoch}`)
}

const lapsed = compiledOnce(db =>
  db.selectFrom('claims').select(['kind', 'name', 'epoch']).where('holder', 'is not', null).where(isFree(db)),
)

/** Of a row of `claims`, or none: it was left, has lapsed, or is from before the clock was set back. */
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
