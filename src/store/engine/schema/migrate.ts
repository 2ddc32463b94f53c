import type { Kysely } from 'kysely'
import { MIGRATIONS, type Migration } from '../../../../migrations/index.ts'
import type { Connection } from '../engine.ts'
import { refuseDamage } from '../engines.ts'
import { inSchemaTransaction } from '../transaction.ts'
import { forgetReportingViews, keepReportingViews } from './reporting-views.ts'
import { type Applied, appliedTo, newerThan, recordApplied } from './schema-versions.ts'
import { sortingByBytes } from './sort-by-bytes.ts'

// biome-ignore lint/suspicious/noExplicitAny: a migration sees the schema as it was, not as `Tables` says it is now
type AnyDb = Kysely<any>

/**
 * Brings a database up to this version of Rounds. Each migration runs in a transaction of its own together with its
 * record, so that two processes can start at once and a failed one leaves nothing behind. An existing file is copied
 * first. Refuses a database of a newer version, unless that version recorded that this one can still use it.
 */
export async function migrate(
  { db, engine }: Connection,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const versions: AnyDb = db
  await engine.refuseUnfit()
  // Looks without a lock, so that a command that only reads waits for nobody.
  const rows = await appliedTo(versions).catch(() => beginVersions(versions))
  const newer = newerThan(migrations, rows)
  const applied = new Set(rows.map(({ name }) => name))
  const pending = migrations.filter(({ name }) => !applied.has(name))
  const [first] = pending
  if (applied.size > 0 && first !== undefined) {
    await refuseDamage({ engine })
    await engine.copyBefore(first.name)
  }
  if (applied.has(WITH_META) && first !== undefined) await forgetReportingViews(versions)
  for (const migration of pending) await applyOnce(versions, migration)
  // A newer version has its own views.
  if (migrations === MIGRATIONS && newer.length === 0) await keepReportingViews(versions)
}

/** An empty database has no table of migrations yet. */
async function beginVersions(db: AnyDb): Promise<Applied[]> {
  await inSchemaTransaction(db, (db: AnyDb) =>
    sortingByBytes(db, () =>
      db.schema
        .createTable('schema_versions')
        .ifNotExists()
        .addColumn('name', 'text', column => column.primaryKey())
        .execute(),
    ),
  )
  return appliedTo(db)
}

/** The migration that created `meta`, where the views are recorded. */
const WITH_META = '0023-durable'

async function applyOnce(db: AnyDb, migration: Migration): Promise<void> {
  await inSchemaTransaction(db, async (db: AnyDb) => {
    if ((await appliedTo(db)).some(({ name }) => name === migration.name)) return
    await sortingByBytes(db, () => migration.up(db))
    await recordApplied(db, migration)
  })
}
