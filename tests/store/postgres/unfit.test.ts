import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { saveAccounts } from '../../../src/store/accounts/accounts.ts'
import { databaseName, openDatabase } from '../../../src/store/engine/engines.ts'
import { migrate } from '../../../src/store/engine/schema/migrate.ts'
import { createPostgres, onServer } from '../../support/test-database.ts'

// What a server can be that Rounds cannot work on: each is refused in words that say what to do, and never in a password.
const ENGLISH = "locale_provider icu icu_locale 'en-US'"
const SECRET = 'Tr0ub4dor'

let server: string
let url: string
let user: string
let endings: (() => Promise<void>)[]

beforeEach(async () => {
  const database = await createPostgres()
  url = database.url
  server = new URL('postgres', url).href
  user = `user_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create role ${user} login password '${SECRET}'`)
  endings = [() => onServer(server, `drop role ${user}`), database.remove]
})
afterEach(async () => {
  for (const end of endings.reverse()) await end()
})

const withPart = (
  of: string,
  changes: Partial<Record<'username' | 'password' | 'port' | 'pathname' | 'search', string>>,
) => Object.assign(new URL(of), changes).href
const asUser = (of: string) => withPart(of, { username: user, password: SECRET })

async function refusal(address: string): Promise<string> {
  const connection = openDatabase(address)
  const said = await migrate(connection)
    .then(() => 'nothing')
    .catch(error => `${error.message} ${error.hint}`)
  await connection.close()
  expect(said).not.toContain(SECRET)
  return said
}

async function made(options: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name} template template0 ${options}`)
  endings.push(() => onServer(server, `drop database ${name} with (force)`))
  return new URL(name, server).href
}

it('another encoding', async () => {
  expect(await refusal(await made("encoding 'LATIN1' locale 'C'"))).toMatch(
    /is encoded in LATIN1, and Rounds needs UTF8\. Create another: createdb --template=template0 --encoding=UTF8 --locale=C/,
  )
})

it('tables of a dump in a database with another order of texts', async () => {
  const other = await made(ENGLISH)
  await onServer(other, 'create table accounts (key integer, id text)')

  expect(await refusal(other)).toMatch(
    /sorts texts by their bytes, and this one does not\. Restore the dump into another/,
  )
})

it('a database with another order of texts is none of them: those of Rounds sort by their bytes in it', async () => {
  const other = await made(ENGLISH)
  await onServer(other, 'create table theirs (name text)')
  expect(await refusal(other)).toBe('nothing')

  const connection = openDatabase(other)
  await saveAccounts(
    connection.db,
    ['b', 'B', 'a', '_', 'Z'].map(id => ({ id, name: id, attributes: new Map() })),
    0,
  )
  const ids = await connection.db.selectFrom('accounts').select('id').orderBy('id').execute()
  const { rows } = await sql<{ table: string }>`select distinct table_name as table from information_schema.columns
    where table_schema = 'public' and data_type = 'text' and collation_name is null
    and table_name not like 'v\\_%'`.execute(connection.db)
  await connection.close()

  expect(ids.map(({ id }) => id)).toEqual(['B', 'Z', '_', 'a', 'b'])
  expect(rows).toEqual([{ table: 'theirs' }])
})

it('a user without rights', async () => {
  const empty = await made('')

  expect(await refusal(asUser(empty))).toMatch(
    new RegExp(`the user ${user} may not create tables in the schema public\\. As its owner, run: grant usage, create`),
  )
  await onServer(empty, `grant usage, create on schema public to ${user}`)
  expect(await refusal(asUser(empty))).toBe('nothing')
})

it('a user who may not use tables that somebody else made', async () => {
  await onServer(url, `grant usage, create on schema public to ${user}`)
  expect(await refusal(asUser(url))).toMatch(
    /may not use the table accounts\. As its owner, run: grant all on all tables/,
  )

  await onServer(url, `grant all on all tables in schema public to ${user}`)
  await onServer(url, `revoke select on outbox from ${user}`)
  expect(await refusal(asUser(url))).toMatch(/may not use the table outbox\./)

  await onServer(url, `drop owned by ${user}`)
})

it('a user whose search_path names no schema', async () => {
  expect(await refusal(withPart(asUser(url), { search: 'options=-c%20search_path%3Dnowhere' }))).toMatch(
    /the search_path of .+ names no schema\. Run: alter role .+ set search_path = public;/,
  )
})

it('another password, another database, another port', async () => {
  const wrong = withPart(asUser(url), { password: `${SECRET}!` })
  expect(await refusal(wrong)).toMatch(/password authentication failed .+ Check the user and the password/)
  expect(await refusal(withPart(asUser(url), { pathname: '/nowhere' }))).toMatch(/"nowhere" does not exist\. Create it/)
  expect(await refusal(withPart(asUser(url), { port: '1' }))).toMatch(/ECONNREFUSED.* Check the host and the port/)
})

it('no connection left', async () => {
  await onServer(server, `alter role ${user} connection limit 0`)

  expect(await refusal(asUser(url))).toMatch(/too many connections .+ smaller DATABASE_POOL, or raise max_connections/)
})

it('an address with a mistake in it, or with its password elsewhere', async () => {
  const mistaken = `postgres://rounds:${SECRET}@[db.example.com/rounds`

  expect(() => openDatabase(mistaken)).toThrow(/^(?!.*Tr0ub4dor).*begins with postgres:\/\/ but is not valid/)
  expect(databaseName(mistaken)).toBe('postgres://***')
  expect(databaseName(`postgres://u:${SECRET}@db.example.com:5433/rounds?password=${SECRET}`)).toBe(
    'postgres://db.example.com:5433/rounds',
  )
  expect(databaseName(`mysql://u:${SECRET}@host/x`)).toBe('mysql://host/x')
  expect(databaseName('sqlite:./rounds.db')).toBe('sqlite:./rounds.db')
})
