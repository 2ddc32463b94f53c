import { Kysely, PostgresDialect } from 'kysely'
import type { Tables } from '../../tables.ts'
import type { Connection } from '../engine.ts'
import { openPool } from './pool.ts'
import { postgresEngine } from './postgres-engine.ts'

/** Opens `postgres://...`: connections are made when something is asked, at most `size` at the same time. */
export function openPostgres(url: string, size: number): Connection {
  const pool = openPool(url, size)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { db, engine: postgresEngine(url, pool, db), close: () => db.destroy() }
}
