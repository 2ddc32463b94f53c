import { type Duration, dayOf, type Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import type { Db } from '../tables.ts'
import { deleteOldChanges } from './delete-old-changes.ts'
import { deleteOldMessages } from './delete-old-messages.ts'
import { deleteOldSignals } from './delete-old-signals.ts'

/** Rows at a time, which keeps a transaction far below 100 ms. */
const BATCH = 1_000

/** How long each kind of data is kept. */
export type Keep = Readonly<Record<'signals' | 'scores' | 'comments' | 'messages' | 'audit', Duration | 'forever'>>

/** Deletes at most a batch of each kind of expired data; returns how many rows were deleted. */
export async function deleteOld(db: Db, keep: Keep, now: Instant): Promise<Record<keyof Keep, number>> {
  const before = (kind: keyof Keep) => (keep[kind] === 'forever' ? undefined : now - keep[kind])
  const run = async (kind: keyof Keep, work: (db: Db, before: Instant) => Promise<number>) => {
    const limit = before(kind)
    return limit === undefined ? 0 : inTransaction(db, db => work(db, limit))
  }
  return {
    signals: (await run('signals', deleteOldSignals)) + (await run('signals', deleteOldEvents)),
    scores: (await run('scores', deleteScores)) + (await run('scores', deleteOldChanges)),
    comments: await run('comments', deleteComments),
    messages: await run('messages', deleteOldMessages),
    audit: await run('audit', deleteAuditLines),
  }
}

async function deleteScores(db: Db, before: Instant): Promise<number> {
  const old = await db
    .selectFrom('scores')
    .select(['day', 'account'])
    .where('day', '<', dayOf(before))
    .orderBy('day')
    .limit(BATCH)
    .execute()
  for (const { day, account } of old) {
    await db.deleteFrom('scores').where('day', '=', day).where('account', '=', account).execute()
  }
  return old.length
}

async function deleteComments(db: Db, before: Instant): Promise<number> {
  const old = db.selectFrom('comments').select('id').where('observed_at', '<', before).limit(BATCH)
  return Number((await db.deleteFrom('comments').where('id', 'in', old).executeTakeFirst()).numDeletedRows)
}

/** Events of webhooks are deleted with the signals that they turned into. */
async function deleteOldEvents(db: Db, before: Instant): Promise<number> {
  const old = await db
    .selectFrom('source_events')
    .select(['source', 'id'])
    .where('at', '<', before)
    .limit(BATCH)
    .execute()
  for (const { source, id } of old) {
    await db.deleteFrom('source_events').where('source', '=', source).where('id', '=', id).execute()
  }
  return old.length
}

/** The chain goes on from the hash of the last line that was deleted; the newest line always stays. */
async function deleteAuditLines(db: Db, before: Instant): Promise<number> {
  const lines = await db
    .selectFrom('audit')
    .select(['id', 'at', 'hash'])
    .where('id', '<', ({ selectFrom }) => selectFrom('audit').select(({ fn }) => fn.max('id').as('newest')))
    .orderBy('id')
    .limit(BATCH)
    .execute()
  const kept = lines.findIndex(({ at }) => at >= before)
  const old = kept === -1 ? lines : lines.slice(0, kept)
  const last = old.at(-1)
  if (last === undefined) return 0
  const earlier = await db.selectFrom('audit_base').select('lines').executeTakeFirst()
  const base = { up_to: last.id, lines: (earlier?.lines ?? 0) + old.length, hash: last.hash }
  await db.deleteFrom('audit_base').execute()
  await db.insertInto('audit_base').values(base).execute()
  await db.deleteFrom('audit').where('id', '<=', last.id).execute()
  return old.length
}
