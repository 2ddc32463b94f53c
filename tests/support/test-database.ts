import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { expect, inject } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import type { Connection, Engine } from '../../src/store/engine/engine.ts'
import type { Tables } from '../../src/store/tables.ts'
import { migratedDatabase } from './migrated.ts'

/** A new empty database of the kind that the tests run on: see the projects in vitest.config.ts. */
export async function openTestDatabase(): Promise<Connection> {
  const postgres = inject('postgres')
  // Where there is no server the test is skipped, after it has opened its database.
  if (postgres !== undefined && 'url' in postgres) return openPostgres(postgres.url)
  return migratedDatabase()
}

// Instants and sums come as numbers: both fit.
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) pg.types.setTypeParser(type, Number)

/** A schema of its own on the server of the run. */
async function openPostgres(connectionString: string): Promise<Connection> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  const pool = new pg.Pool({ connectionString, max: 4, options: `-c search_path=${schema}` })
  await pool.query(`create schema ${schema}`)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await db.transaction().execute(async db => {
    for (const { up } of MIGRATIONS) await up(db)
  })
  return {
    db,
    engine: new Proxy({} as Engine, {
      get: (_, name) => expect.fail(`the engine of PostgreSQL has no ${String(name)} yet`),
    }),
    close: () => db.destroy(),
  }
}
