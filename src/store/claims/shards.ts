import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { type Claim, claimLost, fromNow, isFree } from './claims.ts'

/** Numbered parts of one piece of work. Unlike other claims, a part exists until it is done. */
const nameOf = (work: number, part: number) => `${work}/${part}`
export const partOf = ({ name }: Claim): number => Number(name.split('/')[1])

/** Creates the parts, in the transaction that begins the work. */
export async function offerShards(db: Db, work: number, parts: readonly number[]): Promise<void> {
  const rows = parts.map(part => ({ kind: 'shard', name: nameOf(work, part), epoch: 0, taken_at: 0, until: 0 }))
  for (const some of slices(rows)) await db.insertInto('claims').values(some).execute()
}

/** The most parts to take at once: several take little more time than one. */
const MOST = 4

/**
 * Takes the first free parts: no two processes get the same. Takes a quarter of the free ones, so that everybody still
 * gets one at the end.
 */
export async function takeShards(db: Db, work: number, holder: string): Promise<Claim[]> {
  const free = shardsOf(db, work).where(isFree(db))
  const share = free.select(
    sql<number>`case when count(*) < ${MOST ** 2} then (count(*) + 3) / 4 else ${MOST} end`.as('share'),
  )
  const first = free
    .select('name')
    .orderBy(sql`length(name)`)
    .orderBy('name')
    .limit(share)
    .$if(isPostgres(db), shards => shards.forUpdate().skipLocked())
  const rows = await db
    .with('first', () => first)
    .updateTable('claims')
    .set(({ eb }) => ({ ...fromNow(db), holder, epoch: eb('epoch', '+', 1) }))
    .where('kind', '=', 'shard')
    .where('name', 'in', db => db.selectFrom('first').select('name'))
    .returning(['name', 'epoch'])
    .execute()
  const claims = rows.map(row => ({ kind: 'shard', holder, ...row }) as const)
  return claims.sort((a, b) => partOf(a) - partOf(b))
}

/**
 * Called in the transaction that writes what was done. Throws if somebody has taken one of the parts since, so that
 * nothing is written.
 */
export async function finishShards(db: Db, claims: readonly Claim[]): Promise<void> {
  const held = db.deleteFrom('claims').where(({ and, or }) => or(claims.map(claim => and({ ...claim }))))
  const { numDeletedRows } = await held.executeTakeFirst()
  if (numDeletedRows !== BigInt(claims.length)) throw claimLost({ name: claims.map(({ name }) => name).join(', ') })
}

/** How many parts are not done. */
export async function countShards(db: Db, work: number): Promise<number> {
  const { count } = await shardsOf(db, work)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whether anybody is working on a part of anything. */
export async function isAnyShardTaken(db: Db): Promise<boolean> {
  const shards = db.selectFrom('claims').select('name').where('kind', '=', 'shard')
  return (await shards.where(({ not }) => not(isFree(db))).executeTakeFirst()) !== undefined
}

/** Withdraws the remaining parts, whoever works on them: they can no longer write. */
export async function withdrawShards(db: Db): Promise<void> {
  await db.deleteFrom('claims').where('kind', '=', 'shard').execute()
}

function shardsOf(db: Db, work: number) {
  return db.selectFrom('claims').where('kind', '=', 'shard').where('name', 'like', `${work}/%`)
}
