import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function delivery(db: Kysely<any>): Promise<void> {
  const { generated, instant } = typesOf(db)
  // Everything said unasked is first a row here. `card` is what the message should show, `version` counts its changes,
  // `shown_version` is what the platform shows: where they differ, a post or an update is owed.
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'integer', generated)
    .addColumn('key', 'text', column => column.notNull().unique())
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('destination', 'text', column => column.notNull())
    .addColumn('head', 'integer', column => column.references('outbox.id'))
    .addColumn('card', 'text', column => column.notNull())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('shown_version', 'integer', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('tries', 'integer', column => column.notNull())
    .addColumn('not_before', instant, column => column.notNull())
    .addColumn('expires_at', instant)
    .addColumn('channel', 'text')
    .addColumn('message', 'text')
    .addColumn('fault', 'text')
    .addColumn('created_at', instant, column => column.notNull())
    .addColumn('sent_at', instant)
    .execute()
  await db.schema.createIndex('outbox_by_state').on('outbox').columns(['state', 'not_before']).execute()

  // Which messages speak of an alert, so that a claim reaches every copy.
  await db.schema
    .createTable('outbox_alerts')
    .addColumn('alert', 'text', column => column.notNull().references('alerts.id'))
    .addColumn('message', 'integer', column => column.notNull().references('outbox.id'))
    .addPrimaryKeyConstraint('outbox_alerts_key', ['alert', 'message'])
    .execute()

  // When a destination may be written to again: one message a second, and what the platform asked for.
  await db.schema
    .createTable('destination_pauses')
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('destination', 'text', column => column.notNull())
    .addColumn('until', instant, column => column.notNull())
    .addPrimaryKeyConstraint('destination_pauses_key', ['platform', 'destination'])
    .execute()

  // What a digest told; it counts as told once its message was sent.
  await db.schema
    .createTable('digest_runs')
    .addColumn('id', 'integer', generated)
    .addColumn('digest', 'text', column => column.notNull())
    .addColumn('destination', 'text', column => column.notNull())
    .addColumn('slot', instant, column => column.notNull())
    .addColumn('message', 'integer', column => column.references('outbox.id'))
    .addColumn('told', 'text', column => column.notNull())
    .addUniqueConstraint('digest_runs_once', ['digest', 'destination', 'slot'])
    .execute()
}
