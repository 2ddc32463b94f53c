import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { inASentence } from './failures.ts'
import { refuseMistyped } from './url.ts'

/** Connections for what is asked at the same time. */
export type Pool = PostgresPool & {
  /** From here on whatever is asked goes through one transaction, in turn; at its end all of it is taken back. */
  pin(): Promise<{ takeBack(): Promise<void> }>
}

/** Milliseconds until a server that does not answer counts as unreachable, and until an idle connection is closed. */
const PATIENCE = 10_000
const IDLE = 60_000

/** Milliseconds after which the server ends a transaction in which nothing is said: a frozen process keeps no rows from others. */
const SILENCE = 8_000

/** Instants, counts and sums come as numbers: they are below 2^53. */
function withNumbers({ builtins, getTypeParser }: typeof pg.types): pg.CustomTypesConfig {
  const asNumbers: readonly number[] = [builtins.INT8, builtins.NUMERIC]
  return {
    getTypeParser: (type, format) =>
      asNumbers.includes(type) && format !== 'binary' ? Number : getTypeParser(type, format),
  }
}

/** The library is loaded when something is asked for the first time: most programs run on a file. */
async function connectLater(options: pg.PoolConfig): Promise<pg.Pool> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ ...options, types: withNumbers(pg.types), onConnect })
  // A connection breaks while nobody uses it: the next question opens another.
  pool.on('error', () => {})
  return pool
}

async function onConnect(client: pg.ClientBase): Promise<void> {
  // One breaks while it is lent, between two questions: the next one says so.
  client.on('error', () => {})
  await client.query(`set idle_in_transaction_session_timeout = ${SILENCE}`)
}

export function openPool(url: string, size: number, patience = PATIENCE): Pool {
  refuseMistyped(url)
  const options = {
    connectionString: url,
    max: size,
    connectionTimeoutMillis: patience,
    idleTimeoutMillis: IDLE,
    keepAlive: true,
    // What is asked on one connection without waiting goes out at once, and is answered in turn.
    pipeline: true,
    fallback_application_name: 'rounds',
  }
  let opened: Promise<pg.Pool> | undefined
  const pool = () => {
    opened ??= connectLater(options)
    return opened
  }
  let turns: (() => Promise<PostgresPoolClient>) | undefined
  return {
    options,
    end: async () => (await opened)?.end(),
    async connect() {
      if (turns !== undefined) return turns()
      const client = await (await pool()).connect()
      return lent(client, isBroken => client.release(isBroken))
    },
    async pin() {
      const client = await (await pool()).connect()
      await client.query('begin')
      // A file may be read for a while between two statements.
      await client.query('set local idle_in_transaction_session_timeout = 0')
      turns = inTurn(client)
      return {
        async takeBack() {
          turns = undefined
          try {
            await client.query('rollback')
          } finally {
            client.release()
          }
        },
      }
    },
  }
}

function lent(
  client: pg.PoolClient,
  release: PostgresPoolClient['release'],
  translate: (sql: string) => string = sql => sql,
): PostgresPoolClient {
  const query = (sql: string, parameters: readonly unknown[]) =>
    client.query(translate(sql), [...parameters]).catch(error => {
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
    return lent(client, () => giveBack(), withinAnother)
  }
}

/** What begins and ends a transaction, where one is open already. */
function withinAnother(sql: string): string {
  if (/^(begin|start transaction)\b/i.test(sql)) return 'savepoint within'
  if (/^commit$/i.test(sql)) return 'release savepoint within'
  return /^rollback$/i.test(sql) ? 'rollback to savepoint within' : sql
}
