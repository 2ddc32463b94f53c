import { type Kysely, sql } from 'kysely'
import { errandOf, type Finder, type FormerMessage } from './0030-errands.ts'
import { typesOf } from './types.ts'

const BATCH = 500

/**
 * What a message is about, what it is for and where it goes, each in a column of its own, instead of a text that was
 * put together in many ways. The tables that point at messages are made anew with it.
 */
export async function messages(db: Kysely<any>): Promise<void> {
  await createOutbox(db)
  await createTablesThatPoint(db)
  await moveMessages(db)
  for (const table of ['outbox_alerts', 'digest_runs']) {
    await sql`insert into ${sql.table(`new_${table}`)} select * from ${sql.table(table)}`.execute(db)
    await db.schema.dropTable(table).execute()
  }
  // Each row that goes is looked for as the head of others: without an index that takes hours.
  await db.schema.createIndex('outbox_by_head').on('outbox').column('head').execute()
  await db.schema.dropTable('outbox').execute()
  for (const table of ['outbox', 'outbox_alerts', 'digest_runs']) {
    await db.schema.alterTable(`new_${table}`).renameTo(table).execute()
  }
  await createIndexes(db)
  await movePauses(db)
}

async function createOutbox(db: Kysely<any>): Promise<void> {
  const { generated, instant } = typesOf(db)
  // `card` is what the message should show, `version` counts its changes, `shown_version` is what the platform shows:
  // where they differ, a post or an update is pending.
  await db.schema
    .createTable('new_outbox')
    .addColumn('id', 'integer', generated)
    .addColumn('subject', 'text', column => column.notNull())
    .addColumn('subject_id', 'text', column => column.notNull())
    .addColumn('purpose', 'text', column => column.notNull())
    .addColumn('number', instant, column => column.notNull())
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('to_channel', 'text', column => column.notNull())
    .addColumn('to_person', 'text', column => column.notNull())
    .addColumn('head', 'integer', column => column.references('new_outbox.id'))
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
}

async function createTablesThatPoint(db: Kysely<any>): Promise<void> {
  const { generated, instant } = typesOf(db)
  await db.schema
    .createTable('new_outbox_alerts')
    .addColumn('alert', 'text', column => column.notNull().references('alerts.id'))
    .addColumn('message', 'integer', column => column.notNull().references('new_outbox.id'))
    .addPrimaryKeyConstraint('outbox_alerts_once', ['alert', 'message'])
    .execute()
  await db.schema
    .createTable('new_digest_runs')
    .addColumn('id', 'integer', generated)
    .addColumn('digest', 'text', column => column.notNull())
    .addColumn('destination', 'text', column => column.notNull())
    .addColumn('slot', instant, column => column.notNull())
    .addColumn('message', 'integer', column => column.references('new_outbox.id'))
    .addColumn('told', 'text', column => column.notNull())
    .addUniqueConstraint('digest_runs_one_a_slot', ['digest', 'destination', 'slot'])
    .execute()
}

/** In the order of their ids, for a thread refers to its head. */
async function moveMessages(db: Kysely<any>): Promise<void> {
  const find = await finderIn(db)
  const taken = new Set<string>()
  for (let last = 0; ; ) {
    const old = db.selectFrom('outbox').selectAll().where('id', '>', last).orderBy('id').limit(BATCH)
    const rows = await old.execute()
    if (rows.length === 0) return
    const moved: object[] = []
    for (const { key, destination, ...kept } of rows) {
      const to = recipientOf(destination)
      const errand = errandOf({ ...kept, key, destination } as FormerMessage, find)
      let { number } = errand
      const name = () => JSON.stringify([{ ...errand, number }, kept.platform, to])
      // What the texts told apart and the columns do not, such as one alert posted twice in a channel: both stay.
      while (taken.has(name())) number += 1
      taken.add(name())
      moved.push({ ...kept, ...errand, number, ...to })
    }
    await db.insertInto('new_outbox').values(moved).execute()
    last = rows.at(-1)?.id
  }
}

/** The runs of digests by their messages, and by what their messages were called; accounts by their ids. */
async function finderIn(db: Kysely<any>): Promise<Finder> {
  const runs = await db.selectFrom('digest_runs').select(['id', 'message', 'digest', 'destination', 'slot']).execute()
  const accounts = await db.selectFrom('accounts').select(['id', 'key']).execute()
  const byMessage = new Map<number, number>(runs.map(({ message, id }) => [message, id]))
  const bySlot = new Map<string, number>(runs.map(run => [`${run.digest}:${run.slot}:${run.destination}`, run.id]))
  const keys = new Map<string, number>(accounts.map(({ id, key }) => [id, key]))
  return {
    run: (message, name) => byMessage.get(message) ?? bySlot.get(name),
    account: id => keys.get(id),
  }
}

/** An `@` stood before the e-mail of a person; one of the two is empty. */
function recipientOf(destination: string): { to_channel: string; to_person: string } {
  return destination.startsWith('@')
    ? { to_channel: '', to_person: destination.slice(1) }
    : { to_channel: destination, to_person: '' }
}

async function createIndexes(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('outbox_once')
    .on('outbox')
    .columns(['subject', 'subject_id', 'purpose', 'platform', 'to_channel', 'to_person', 'number'])
    .unique()
    .execute()
  await db.schema.createIndex('outbox_by_state').on('outbox').columns(['state', 'not_before']).execute()
  await db.schema.createIndex('outbox_by_message').on('outbox').columns(['message', 'channel']).execute()
}

/** A star stood for all destinations of a platform: both columns are empty for it now. */
async function movePauses(db: Kysely<any>): Promise<void> {
  const { instant } = typesOf(db)
  await db.schema
    .createTable('new_destination_pauses')
    .addColumn('platform', 'text', column => column.notNull())
    .addColumn('to_channel', 'text', column => column.notNull())
    .addColumn('to_person', 'text', column => column.notNull())
    .addColumn('until', instant, column => column.notNull())
    .addPrimaryKeyConstraint('destination_pauses_once', ['platform', 'to_channel', 'to_person'])
    .execute()
  for (const { platform, destination, until } of await db.selectFrom('destination_pauses').selectAll().execute()) {
    const to = recipientOf(destination === '*' ? '' : destination)
    await db
      .insertInto('new_destination_pauses')
      .values({ platform, ...to, until })
      .execute()
  }
  await db.schema.dropTable('destination_pauses').execute()
  await db.schema.alterTable('new_destination_pauses').renameTo('destination_pauses').execute()
}
