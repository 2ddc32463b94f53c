import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '../../src/store/engine/engine.ts'
import { fileOf, openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'

/**
 * A database as the migrations leave it. They run once for all the tests of a worker; each test gets a copy, in a
 * tenth of the time.
 */
export async function migratedDatabase(url = 'sqlite::memory:'): Promise<Connection> {
  if (url !== 'sqlite::memory:') await placeMigrated(url)
  const connection = openDatabase(url)
  if (url === 'sqlite::memory:') bareOf(connection).exec((await template()).script)
  return connection
}

/** Puts one where there is no file yet, for a service or a command that opens it itself. */
export async function placeMigrated(url: string): Promise<void> {
  const file = fileOf(url)
  if (existsSync(file)) return
  writeFileSync(file, (await template()).file, { mode: 0o600 })
}

type Template = { readonly file: Buffer; readonly script: string }

let made: Promise<Template> | undefined

function template(): Promise<Template> {
  made ??= makeTemplate()
  return made
}

async function makeTemplate(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-template-'))
  const path = join(folder, 'rounds.db')
  const connection = openDatabase(`sqlite:${path}`)
  await migrate(connection)
  const script = scriptOf(bareOf(connection))
  await connection.close()
  const file = readFileSync(path)
  rmSync(folder, { recursive: true })
  return { file, script }
}

/** The schema and the few rows in it, as statements: a file cannot be opened in memory. */
function scriptOf(sqlite: ReturnType<typeof bareOf>): string {
  const objects = sqlite
    .prepare("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by rowid")
    .pluck()
    .all() as string[]
  const tables = sqlite
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[]
  const rows = tables.flatMap(table =>
    (sqlite.prepare(`select * from "${table}"`).raw().all() as unknown[][]).map(
      values => `insert into "${table}" values (${values.map(literal).join(', ')})`,
    ),
  )
  return `begin; ${[...objects, ...rows].join(';\n')}; commit`
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`
}
