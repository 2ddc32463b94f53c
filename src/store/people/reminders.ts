import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** Records that a person is reminded of something; false if they were before. */
export async function addReminder(db: Db, person: string, subject: string, at: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('reminders')
    .values({ person, subject, at })
    .onConflict(conflict => conflict.columns(['person', 'subject']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function wasReminded(db: Db, person: string, subject: string): Promise<boolean> {
  const reminders = db.selectFrom('reminders').select('at').where('person', '=', person)
  return (await reminders.where('subject', '=', subject).executeTakeFirst()) !== undefined
}

export async function forgetReminder(db: Db, person: string, subject: string): Promise<void> {
  await db.deleteFrom('reminders').where('person', '=', person).where('subject', '=', subject).execute()
}
