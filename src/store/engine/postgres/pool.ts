import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { type Connections, openConnections, type Waiting } from './connections.ts'
import { inASentence } from './failures.ts'

/** Connections for what is asked at the same time. */
export type Pool = PostgresPool & {
  /** From here on whatever is asked goes through one transaction, in turn; at its end all of it is taken back. */
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
      turns = inTurn(connections, client)
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
  translate: (sql: string) => string = sql => sql,
): PostgresPoolClient {
  const query = (sql: string, parameters: readonly unknown[]) =>
    connections.ask(client, translate(sql), parameters).catch(error => {
      throw inASentence(error)
    })
  return { query, release } as unknown as PostgresPoolClient
}

/** Lends one connection to one asker after the other. */
function inTurn(connections: Connections, client: pg.PoolClient): () => Promise<PostgresPoolClient> {
  let isFree: Promise<void> = Promise.resolve()
  return async () => {
    const before = isFree
    let giveBack = () => {}
    isFree = new Promise(resolve => {
      giveBack = resolve
    })
    await before
    return lent(connections, client, () => giveBack(), withinAnother)
  }
}

/** What begins and ends a transaction, where one is open already. */
function withinAnother(sql: string): string {
  if (/^(begin|start transaction)\b/i.test(sql)) return 'savepoint within'
  if (/^commit$/i.test(sql)) return 'release savepoint within'
  return /^rollback$/i.test(sql) ? 'rollback to savepoint within' : sql
}
