import type { Kysely } from 'kysely'
import { MIGRATIONS, type Migration } from '../../../migrations/index.ts'
import { BotError } from '../../errors.ts'
import type { Connection } from './engine.ts'
import { refuseDamage } from './engines.ts'
import { forgetReportingViews, keepReportingViews } from './reporting-views.ts'
import { inTurn } from './transaction.ts'

// biome-ignore lint/suspicious/noExplicitAny: a migration sees the schema as it was, not as `Tables` says it is now
type AnyDb = Kysely<any>

/**
 * Brings a database up to this version of Rounds: each step in a transaction of its own together with its record, so
 * that two processes may start at once and a failed step leaves nothing behind. An existing file is copied first.
 * Refuses a database that a newer version wrote.
 */
export async function migrate(
  { db, engine }: Connection,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const versions: AnyDb = db
  await engine.refuseUnfit()
  await inTurn(versions, (db: AnyDb) =>
    db.schema
      .createTable('schema_versions')
      .ifNotExists()
      .addColumn('name', 'text', column => column.primaryKey())
      .execute(),
  )
  const applied = await appliedTo(versions)
  const unknown = [...applied].filter(name => !migrations.some(migration => migration.name === name))
  if (unknown.length > 0) {
    throw new BotError(
      'newer_database',
      `This database was written by a newer version of Rounds (it knows "${unknown.at(-1)}").`,
      'Install that version, or use the copy that was made before the upgrade.',
    )
  }
  const pending = migrations.filter(({ name }) => !applied.has(name))
  const [first] = pending
  if (applied.size > 0 && first !== undefined) {
    await refuseDamage({ engine })
    await engine.copyBefore(first.name)
  }
  if (applied.has(WITH_META) && first !== undefined) await forgetReportingViews(versions)
  for (const migration of pending) await applyOnce(versions, migration)
  if (migrations === MIGRATIONS) await keepReportingViews(versions)
}

/** Older databases have no table that remembers the views. */
const WITH_META = '0023-durable'

async function appliedTo(db: AnyDb): Promise<Set<string>> {
  const rows: { name: string }[] = await db.selectFrom('schema_versions').select('name').orderBy('name').execute()
  return new Set(rows.map(({ name }) => name))
}

async function applyOnce(db: AnyDb, { name, up }: Migration): Promise<void> {
  await inTurn(db, async (db: AnyDb) => {
    if ((await appliedTo(db)).has(name)) return
    await up(db)
    await db.insertInto('schema_versions').values({ name }).execute()
  })
}
