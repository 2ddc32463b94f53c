import type { Kysely } from 'kysely'
import type { Migration } from '../../../../migrations/index.ts'
import { BotError } from '../../../errors.ts'

/** A migration that was applied to the database, perhaps by a newer version of Rounds. */
export type Applied = { readonly name: string; readonly oldest_reader?: number | null | undefined }

type Versions = Kysely<{ schema_versions: Applied }>

export function appliedTo(db: Versions): Promise<Applied[]> {
  return db.selectFrom('schema_versions').selectAll().orderBy('name').execute()
}

/** Called in the migration's own transaction. */
export async function recordApplied(db: Versions, { name, oldestReader }: Migration): Promise<void> {
  const since = oldestReader === undefined ? {} : { oldest_reader: oldestReader }
  await db
    .insertInto('schema_versions')
    .values({ name, ...since })
    .execute()
}

/**
 * The applied migrations that this version does not have. Throws if one of them says that this version cannot use the
 * database.
 */
export function newerThan(
  migrations: readonly Migration[],
  applied: readonly Applied[],
  what = 'This database',
): Applied[] {
  const newest = Math.max(...migrations.map(numberOf))
  const unknown = applied.filter(({ name }) => !migrations.some(migration => migration.name === name))
  const unreadable = unknown.filter(({ oldest_reader: since }) => (since ?? Infinity) > newest)
  if (unreadable.length === 0) return unknown
  throw new BotError(
    'newer_database',
    `${what} was written by a newer version of Rounds (it knows "${unreadable.at(-1)?.name}").`,
    'Install that version, or use the copy that was made before the upgrade.',
  )
}

/** The number that a migration's name begins with. */
function numberOf({ name }: Migration): number {
  return Number.parseInt(name, 10)
}
