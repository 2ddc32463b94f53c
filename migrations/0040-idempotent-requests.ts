import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function idempotentRequests(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // Requests that named themselves, so that sending one again does nothing; without a status it is still under way.
  await db.schema
    .createTable('idempotent_requests')
    .addColumn('token', 'text', column => column.notNull())
    .addColumn('key', 'text', column => column.notNull())
    .addColumn('at', instant, column => column.notNull())
    .addColumn('hash', 'text')
    .addColumn('status', 'integer')
    .addColumn('answer', 'text')
    .addPrimaryKeyConstraint('idempotent_requests_key', ['token', 'key'])
    .execute()
  await db.schema.createIndex('idempotent_requests_by_age').on('idempotent_requests').column('at').execute()
}
