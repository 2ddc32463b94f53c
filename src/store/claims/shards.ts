import { isPostgres } from '../../../migrations/types.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { type Claim, fromNow, isFree, lost } from './claims.ts'

/** Numbered parts of one piece of work. Unlike other claims, a part exists until it is done. */
const nameOf = (work: number, part: number) => `${work}/${part}`
export const partOf = ({ name }: Claim): number => Number(name.split('/')[1])

/** Creates the parts, in the transaction that begins the work. */
export async function offerShards(db: Db, work: number, parts: readonly number[]): Promise<void> {
  const rows = parts.map(part => ({ kind: 'shard', name: nameOf(work, part), epoch: 0, taken_at: 0, until: 0 }))
  for (const some of slices(rows)) await db.insertInto('claims').values(some).execute()
}

/** Takes a free part, if there is one: no two processes get the same. */
export async function takeShard(db: Db, work: number, holder: string): Promise<Claim | undefined> {
  const free = shardsOf(db, work)
    .select('name')
    .where(isFree(db))
    .limit(1)
    .$if(isPostgres(db), shards => shards.forUpdate().skipLocked())
  const row = await db
    .updateTable('claims')
    .set(({ eb }) => ({ ...fromNow(db), holder, epoch: eb('epoch', '+', 1) }))
    .where('kind', '=', 'shard')
    .where('name', '=', free)
    .returning(['name', 'epoch'])
    .executeTakeFirst()
  return row && { kind: 'shard', holder, ...row }
}

/** In the transaction that writes what was done; throws when somebody has taken the part since, and nothing is. */
export async function finishShard(db: Db, claim: Claim): Promise<void> {
  const held = db.deleteFrom('claims').where(({ and }) => and({ ...claim }))
  const { numDeletedRows } = await held.executeTakeFirst()
  if (numDeletedRows !== 1n) throw lost(claim)
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
