import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Db, Tables } from '../../tables.ts'

const IN = ' from stdin (format binary)'

/** Copies rows, in the format of `binaryRows`, into a table. */
export async function copyInto(db: Db, table: keyof Tables, columns: readonly string[], bytes: Buffer): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(`copy ${table} (${columns.join(', ')})${IN}`, [bytes]))
}

/** A statement of which the parameters are no values but the bytes that it copies into a table. */
export function isCopyIn(sql: string): boolean {
  return sql.startsWith('copy ') && sql.endsWith(IN)
}

/**
 * Asks `copy ... from stdin`, of which the library leaves the bytes to its caller. What is wrong with them, the server says
 * as of any statement. Nothing else may be asked on the connection until it is answered.
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

/** As the library has it, though its types do not say so. */
type Receiver = { sendCopyFromChunk(bytes: unknown): void; endCopyFrom(): void }
