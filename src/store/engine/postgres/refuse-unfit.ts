import { sql } from 'kysely'
import { BotError } from '../../../errors.ts'
import type { Db } from '../../tables.ts'
import { cannotOpen } from './failures.ts'

/** The oldest that Rounds is tried with. */
const OLDEST = 15

type Server = {
  readonly database: string
  readonly role: string
  readonly encoding: string
  readonly collation: string
  readonly provider: string
  readonly is_replica: boolean
  readonly schema: string | null
  readonly may_create: boolean | null
}

/** Throws a sentence where Rounds cannot work on the server: each says what to do. */
export async function refuseUnfit(db: Db, name: string): Promise<void> {
  const version = await versionOf(db).catch(error => {
    throw cannotOpen(name, error)
  })
  if (version.number < OLDEST * 10_000) {
    throw unfit(`${name} runs on PostgreSQL ${version.text}.`, `Rounds needs PostgreSQL ${OLDEST} or newer.`)
  }
  const { rows } = await sql<Server>`
    select datname as database, current_user as role, pg_encoding_to_char(encoding) as encoding, datcollate as collation,
      datlocprovider as provider, pg_is_in_recovery() as is_replica, current_schema() as schema,
      has_schema_privilege(current_schema(), 'CREATE') and has_schema_privilege(current_schema(), 'USAGE') as may_create
    from pg_database where datname = current_database()`.execute(db)
  for (const server of rows) refuse(server, name)
}

async function versionOf(db: Db): Promise<{ number: number; text: string }> {
  const { rows } = await sql<{ number: number; text: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as text`.execute(db)
  return rows[0] ?? { number: 0, text: 'unknown' }
}

function refuse(server: Server, name: string): void {
  const { database, encoding, collation, provider, role, schema } = server
  const again = `Create another: createdb --template=template0 --encoding=UTF8 --locale=C ${database}2.`
  if (server.is_replica) {
    throw unfit(`${name} is a replica, which accepts no writes.`, 'Give DATABASE_URL the address of the primary.')
  }
  if (encoding !== 'UTF8') throw unfit(`${name} is encoded in ${encoding}, and Rounds needs UTF8.`, again)
  if (!sortsByBytes(provider, collation)) {
    const order = provider === 'i' ? 'ICU' : collation
    throw unfit(`${name} sorts texts as ${order} does, and Rounds needs the order of their bytes, C.`, again)
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
}

/** libc by its name; the provider that is built in (from 17 on) knows no other order. */
function sortsByBytes(provider: string, collation: string): boolean {
  return provider === 'b' || (provider === 'c' && /^(C|POSIX|C\.utf-?8)$/i.test(collation))
}

function unfit(sentence: string, hint: string): BotError {
  return new BotError('unfit_database', sentence, hint)
}
