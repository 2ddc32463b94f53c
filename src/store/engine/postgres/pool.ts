import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { inASentence } from './failures.ts'

/** Connections for what is asked at the same time. */
export type Pool = PostgresPool & {
  /** From here on whatever is asked goes through one connection, in turn, until it is let go of. */
  pin(): Promise<{ unpin(): void }>
}

/** Milliseconds until a server that does not answer counts as unreachable, and until an idle connection is closed. */
export const PATIENCE = 10_000
const IDLE = 60_000

/** Instants, counts and sums come as numbers: they are below 2^53. */
const AS_NUMBERS: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]

const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    AS_NUMBERS.includes(type) && format !== 'binary' ? Number : pg.types.getTypeParser(type, format),
}

export function openPool(url: string, size: number): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: PATIENCE,
    idleTimeoutMillis: IDLE,
    keepAlive: true,
    fallback_application_name: 'rounds',
    types,
  })
  // A connection breaks while nobody uses it: the next question opens another.
  pool.on('error', () => {})
  let turns: (() => Promise<PostgresPoolClient>) | undefined
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      if (turns !== undefined) return turns()
      const client = await pool.connect()
      return lent(client, isBroken => client.release(isBroken))
    },
    async pin() {
      const client = await pool.connect()
      turns = inTurn(client)
      return {
        unpin() {
          turns = undefined
          client.release()
        },
      }
    },
  }
}

function lent(client: pg.PoolClient, release: PostgresPoolClient['release']): PostgresPoolClient {
  const query = (sql: string, parameters: readonly unknown[]) =>
    client.query(sql, [...parameters]).catch(error => {
      throw inASentence(error)
    })
  return { query, release } as unknown as PostgresPoolClient
}

/** Lends one connection to one asker after the other. */
function inTurn(client: pg.PoolClient): () => Promise<PostgresPoolClient> {
  let isFree: Promise<void> = Promise.resolve()
  return async () => {
    const before = isFree
    let giveBack = () => {}
    isFree = new Promise(resolve => {
      giveBack = resolve
    })
    await before
    return lent(client, () => giveBack())
  }
}
