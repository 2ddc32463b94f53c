import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Db, Tables } from '../../tables.ts'

const IN = ' from stdin (format binary)'

/** Copies rows, in the format of `binaryRows`, into a table. */
export async function copyInto(db: Db, table: keyof Tables, columns: readonly string[], bytes: Buffer): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(`copy ${table} (${columns.join(', ')})${IN}`, [bytes]))
}

/** Whether a statement is one of `copyInto`, whose parameters are the bytes to copy. */
export function isCopyIn(sql: string): boolean {
  return sql.startsWith('copy ') && sql.endsWith(IN)
}

/**
 * Runs a statement of `copyInto`. The library leaves sending the bytes to its caller. Wrong bytes fail as any statement
 * does. Nothing else may be sent on the connection until it is answered.
 */
export async function copyIn(client: pg.PoolClient, sql: string, parts: readonly unknown[]): Promise<pg.QueryResult> {
  const { default: pg } = await import('pg')
  return new Promise((resolve, reject) => {
    const query = new pg.Query(sql, (error, result) => (error ? reject(error) : resolve(result)))
    client.query(
      Object.assign(query, {
        handleCopyInResponse(connection: Receiver) {
          for (const part of parts) connection.sendCopyFromChunk(part)
          connection.endCopyFrom()
        },
      }),
    )
  })
}

/** Methods that the library has but does not declare. */
type Receiver = { sendCopyFromChunk(bytes: unknown): void; endCopyFrom(): void }
