import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function assistants(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  // What somebody got in chat to prove who they are; of codes and tokens only the hash is kept.
  await db.schema
    .createTable('connect_codes')
    .addColumn('hash', 'text', column => column.primaryKey())
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('expires_at', instant, column => column.notNull())
    .execute()
  await db.schema
    .createTable('oauth_clients')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('client', 'text', column => column.notNull())
    .addColumn('created_at', instant, column => column.notNull())
    .execute()
  // A consent on its way to the client.
  await db.schema
    .createTable('oauth_grants')
    .addColumn('hash', 'text', column => column.primaryKey())
    .addColumn('client', 'text', column => column.notNull())
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('challenge', 'text', column => column.notNull())
    .addColumn('redirect', 'text', column => column.notNull())
    .addColumn('expires_at', instant, column => column.notNull())
    .execute()
  // What a person's assistant may do, until somebody ends it. The refresh token before the present one gives a thief away.
  await db.schema
    .createTable('connections')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('client', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('access', 'text', column => column.notNull())
    .addColumn('access_ends', instant, column => column.notNull())
    .addColumn('refresh', 'text', column => column.notNull())
    .addColumn('refresh_before', 'text')
    .addColumn('used_at', instant, column => column.notNull())
    .addColumn('created_at', instant, column => column.notNull())
    .addColumn('ended_at', instant)
    .execute()
  await db.schema.createIndex('connections_by_access').on('connections').columns(['access']).execute()
  await db.schema.createIndex('connections_by_person').on('connections').columns(['person']).execute()
}
