import { sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { databaseNow } from '../engine/database-now.ts'
import type { Db } from '../tables.ts'

/** The right to be at a job, alone among all processes on this database. */
export type JobClaim = { readonly job: string; readonly holder: string }

/** How long a claim stands that its holder does not renew: so long a job rests whose process was killed. */
const LEASE = 30_000

/** When a claim that is made now lapses. */
const leaseEnd = (db: Db) => sql<Instant>`${databaseNow(db)} + ${LEASE}`

/** One conditional write: of any number of processes one gets true. A claim from before the clock was set back is void. */
export async function takeJob(db: Db, { job, holder }: JobClaim): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('job_claims')
    .values({ job, holder, taken_at: databaseNow(db), until: leaseEnd(db) })
    .onConflict(conflict =>
      conflict
        .column('job')
        .doUpdateSet(({ ref }) => ({
          holder: ref('excluded.holder'),
          taken_at: ref('excluded.taken_at'),
          until: ref('excluded.until'),
        }))
        .where(({ eb, or }) =>
          or([eb('job_claims.until', '<=', databaseNow(db)), eb('job_claims.until', '>', leaseEnd(db))]),
        ),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Renews a claim. Throws when it lapsed and somebody else has taken the job since, so that nothing more is written. */
export async function keepJob(db: Db, { job, holder }: JobClaim): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('job_claims')
    .set({ until: leaseEnd(db) })
    .where('job', '=', job)
    .where('holder', '=', holder)
    .executeTakeFirst()
  if (numUpdatedRows === 1n) return
  throw new BotError(
    'taken_over',
    `Another process took over (${job}), because this one was stuck for too long.`,
    'What it had written is kept; the other one does the rest.',
  )
}

export async function leaveJob(db: Db, { job, holder }: JobClaim): Promise<void> {
  await db.deleteFrom('job_claims').where('job', '=', job).where('holder', '=', holder).execute()
}

/** Whether somebody is at the job now: a claim that lapsed, or is from the future, is nobody's. */
export async function isJobUnderWay(db: Db, job: string): Promise<boolean> {
  const claim = db.selectFrom('job_claims').select('job').where('job', '=', job)
  const standing = claim.where('until', '>', databaseNow(db)).where('until', '<=', leaseEnd(db))
  return (await standing.executeTakeFirst()) !== undefined
}

/** Since when the job is taken; undefined when nobody is at it. */
export async function jobTakenSince(db: Db, job: string): Promise<Instant | undefined> {
  const row = await db.selectFrom('job_claims').select('taken_at').where('job', '=', job).executeTakeFirst()
  return row?.taken_at
}

/** At the start of a service, the only one on its database: what an earlier one was at, it is at no more. */
export async function voidServiceClaims(db: Db): Promise<void> {
  await db.deleteFrom('job_claims').where('holder', 'like', `${SERVICE}%`).execute()
}

/** What the names of holders begin with that are services. */
export const SERVICE = 'service:'
