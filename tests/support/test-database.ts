import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migratedDatabase, placeMigrated } from './migrated.ts'

/** A new empty database of the kind that the tests run on: see the projects in vitest.config.ts. */
export async function openTestDatabase(): Promise<Connection> {
  const postgres = postgresOfRun()
  // Where there is no server the test is skipped, after it has opened its database.
  if (postgres === undefined || 'problem' in postgres) return migratedDatabase()
  const { url, remove } = await createPostgres()
  const connection = openDatabase(url, { connections: 4 })
  const close = async () => {
    await connection.close()
    await remove()
  }
  return { ...connection, close }
}

/** The same for a service that opens it itself; `remove` takes away what is not in the folder. */
export async function createTestDatabase(folder: string): Promise<{ readonly url: string; remove(): Promise<void> }> {
  const postgres = postgresOfRun()
  if (postgres !== undefined && 'url' in postgres) return createPostgres()
  const url = `sqlite:${join(folder, 'rounds.db')}`
  await placeMigrated(url)
  return { url, remove: async () => {} }
}

/** How often a property is tried: where each try opens a database of a server, a tenth as often. */
export const tries = (usual: number) => ({
  numRuns: postgresOfRun() === undefined ? usual : Math.ceil(usual / 10),
})

/** Undefined where the tests run on SQLite, and outside of tests, such as in a bench. */
function postgresOfRun() {
  return process.env.VITEST === undefined ? undefined : inject('postgres')
}

type Server = { readonly url: string; readonly template: string }

function serverOfRun(): Server {
  const postgres = postgresOfRun()
  if (postgres === undefined || 'problem' in postgres) throw new Error('this test needs the PostgreSQL of the run')
  return postgres
}

/** A copy of the database as the migrations leave it, on the server of the run; or of another template. */
export async function createPostgres({ url, template }: Server = serverOfRun()) {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  // Copied as files, a quarter of the work of copying them page by page.
  await administrator(url).query(`create database ${name} template ${template} strategy file_copy`)
  return {
    url: new URL(name, url).href,
    remove: async () => {
      await administrator(url).query(`drop database if exists ${name} with (force)`)
    },
  }
}

/** A copy of another database of that server, to which nobody is connected. */
export const copyPostgres = (url: string, server = serverOfRun().url) =>
  createPostgres({ url: server, template: new URL(url).pathname.slice(1) })

const administrators = new Map<string, pg.Pool>()

/** One connection to a server for all the databases of a worker: a new one costs as much as a database. */
function administrator(url: string): pg.Pool {
  const known = administrators.get(url)
  if (known !== undefined) return known
  const pool = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true })
  // Some servers are stopped, or crash, while it is idle.
  pool.on('error', () => {})
  administrators.set(url, pool)
  return pool
}

export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
