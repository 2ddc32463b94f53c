import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import { type Connection, openDatabase } from '../../src/store/engine/sqlite/database.ts'
import { migrate } from '../../src/store/engine/sqlite/migrate.ts'
import type { Tables } from '../../src/store/tables.ts'

/** A new empty database of the kind that the tests run on: see the projects in vitest.config.ts. */
export async function openTestDatabase(): Promise<Connection> {
  const postgres = inject('postgres')
  // Where there is no server the test is skipped, after it has opened its database.
  if (postgres !== undefined && 'url' in postgres) return openPostgres(postgres.url)
  const connection = openDatabase('sqlite::memory:')
  await migrate(connection)
  return connection
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
    get sqlite(): never {
      throw new Error('PostgreSQL has no bare connection')
    },
    close: () => db.destroy(),
  }
}
