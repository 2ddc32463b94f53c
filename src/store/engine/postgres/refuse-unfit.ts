import { sql } from 'kysely'
import { BotError } from '../../../errors.ts'
import type { Db } from '../../tables.ts'
import { DATABASE_SORTS_BY_BYTES } from '../schema/sort-by-bytes.ts'
import { cannotOpen } from './failures.ts'

/** The oldest version that Rounds is tested with. */
const OLDEST = 15

type Server = {
  readonly database: string
  readonly role: string
  readonly encoding: string
  readonly sorts_by_bytes: boolean
  readonly made_elsewhere: boolean | null
  readonly is_replica: boolean
  readonly schema: string | null
  readonly may_create: boolean | null
  /** A table of Rounds that somebody else owns and that this user may not use. */
  readonly closed_table: string | null
}

/** Throws a `BotError` that says what to do if Rounds cannot work on the server. */
export async function refuseUnfit(db: Db, name: string): Promise<void> {
  const version = await versionOf(db).catch(error => {
    throw cannotOpen(name, error)
  })
  if (version.number < OLDEST * 10_000) {
    throw unfit(`${name} runs on PostgreSQL ${version.text}.`, `Rounds needs PostgreSQL ${OLDEST} or newer.`)
  }
  const { rows } = await sql<Server>`
    select datname as database, current_user as role, pg_encoding_to_char(encoding) as encoding,
      ${DATABASE_SORTS_BY_BYTES} as sorts_by_bytes,
      (select collname = 'default' from pg_attribute join pg_collation on pg_collation.oid = attcollation
        where attrelid = to_regclass('accounts') and attname = 'id') as made_elsewhere,
      pg_is_in_recovery() as is_replica, current_schema() as schema,
      has_schema_privilege(current_schema(), 'CREATE') and has_schema_privilege(current_schema(), 'USAGE') as may_create,
      (select min(relname) from pg_class where relkind = 'r' and relnamespace = to_regnamespace(current_schema())
        and relname in (${sql.join(EVERY_VERSION_HAS)}) and not (${sql.join(RIGHTS, sql` and `)})) as closed_table
    from pg_database where datname = current_database()`.execute(db)
  for (const server of rows) refuse(server, name)
}

async function versionOf(db: Db): Promise<{ number: number; text: string }> {
  const { rows } = await sql<{ number: number; text: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as text`.execute(db)
  return rows[0] ?? { number: 0, text: 'unknown' }
}

function refuse(server: Server, name: string): void {
  const { database, encoding, role, schema } = server
  const again = `Create another: createdb --template=template0 --encoding=UTF8 --locale=C ${database}2.`
  if (server.is_replica) {
    throw unfit(`${name} is a replica, which accepts no writes.`, 'Give DATABASE_URL the address of the primary.')
  }
  if (encoding !== 'UTF8') throw unfit(`${name} is encoded in ${encoding}, and Rounds needs UTF8.`, again)
  if (!server.sorts_by_bytes && server.made_elsewhere === true) {
    throw unfit(
      `The tables of ${name} were made in a database that sorts texts by their bytes, and this one does not.`,
      `Restore the dump into another: createdb --template=template0 --encoding=UTF8 --locale=C ${database}2.`,
    )
  }
  if (schema === null) {
    throw unfit(
      `In ${name}, the search_path of ${role} names no schema.`,
      `Run: alter role ${role} set search_path = public;`,
    )
  }
  if (server.may_create !== true) {
    throw unfit(
      `In ${name}, the user ${role} may not create tables in the schema ${schema}.`,
      `As its owner, run: grant usage, create on schema ${schema} to ${role};`,
    )
  }
  if (server.closed_table !== null) {
    throw unfit(
      `In ${name}, the user ${role} may not use the table ${server.closed_table}.`,
      `As its owner, run: grant all on all tables in schema ${schema} to ${role}; and the same on all sequences.`,
    )
  }
}

/** Tables that show whether somebody else owns them, as after another user restored a dump. */
const EVERY_VERSION_HAS = [
  'schema_versions',
  'accounts',
  'people',
  'signals',
  'scores',
  'alerts',
  'outbox',
  'claims',
  'audit',
]

const RIGHTS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map(right => sql`has_table_privilege(oid, ${sql.lit(right)})`)

function unfit(sentence: string, hint: string): BotError {
  return new BotError('unfit_database', sentence, hint)
}
