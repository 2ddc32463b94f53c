import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { withReason } from '../failures.ts'
import { type Connections, openConnections, type Waiting } from './connections.ts'

/** The connections, as Kysely uses them. */
export type Pool = PostgresPool & {
  /** From now on, everything goes through one transaction, one after the other; `takeBack()` rolls all of it back. */
  pin(): Promise<{ takeBack(): Promise<void> }>
}

export function openPool(url: string, size: number, waiting?: Waiting): Pool {
  const connections = openConnections(url, size, waiting)
  let turns: (() => Promise<PostgresPoolClient>) | undefined
  return {
    options: connections.options,
    end: connections.end,
    async connect() {
      if (turns !== undefined) return turns()
      const client = await connections.take()
      return lent(connections, client, isBroken => client.release(isBroken))
    },
    async pin() {
      const client = await connections.take()
      await client.query('begin')
      // A file may be read for a while between two statements.
      await client.query('set local idle_in_transaction_session_timeout = 0')
      turns = lendInTurn(connections, client)
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
  connections: Connections,
  client: pg.PoolClient,
  release: PostgresPoolClient['release'],
): PostgresPoolClient {
  let isWithin = false
  const query = (sql: string, parameters: readonly unknown[] = []) => {
    if (BEGINS.test(sql)) isWithin = true
    else if (ENDS.test(sql)) isWithin = false
    return withReasons(connections.ask(client, { sql, parameters, mayHaveName: true, isWithin }))
  }
  return { query, release } as unknown as PostgresPoolClient
}

const BEGINS = /^(begin|start transaction)\b/i
const ENDS = /^(commit|rollback)$/i

function withReasons<T>(answer: Promise<T>): Promise<T> {
  return answer.catch(error => {
    throw withReason(error)
  })
}

/** Lends one connection to one user after the other. */
function lendInTurn(connections: Connections, client: pg.PoolClient): () => Promise<PostgresPoolClient> {
  let isFree: Promise<void> = Promise.resolve()
  return async () => {
    const before = isFree
    let giveBack = () => {}
    isFree = new Promise(resolve => {
      giveBack = resolve
    })
    await before
    // A named statement would still read the tables that are there without this transaction.
    const query = (sql: string, parameters: readonly unknown[] = []) =>
      withReasons(connections.ask(client, { sql: withinAnother(sql), parameters, mayHaveName: false, isWithin: true }))
    return { query, release: () => giveBack() } as unknown as PostgresPoolClient
  }
}

/** A savepoint in place of a transaction, since one is open already. */
function withinAnother(sql: string): string {
  if (BEGINS.test(sql)) return 'savepoint within'
  if (/^commit$/i.test(sql)) return 'release savepoint within'
  return /^rollback$/i.test(sql) ? 'rollback to savepoint within' : sql
}
