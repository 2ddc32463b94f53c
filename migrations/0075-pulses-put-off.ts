import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

/** Which accounts somebody does not want to rate now: skipped for a while, or put off until later in the day. */
export async function pulsesPutOff(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('pulses_put_off')
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull().references('accounts.key'))
    .addColumn('at', instant, column => column.notNull())
    .addColumn('until', instant, column => column.notNull())
    .addColumn('is_skipped', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('pulses_put_off_key', ['person', 'account'])
    .execute()
}
