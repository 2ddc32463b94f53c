import { createHash } from 'node:crypto'
import type pg from 'pg'
import { isStatementForgotten, statementForgotten } from '../../forgotten-statement.ts'
import { isRepeated } from '../../repeated-statements.ts'

export type Question = {
  readonly sql: string
  readonly parameters: readonly unknown[]
  readonly mayHaveName: boolean
  /** Whether a transaction is open, which a failure ends. */
  readonly isWithin: boolean
}

/**
 * Names under which connections keep frequent statements, so that the server plans them once. Only on a direct
 * connection to the server: a proxy such as PgBouncer may use another server connection each time.
 */
export type StatementNames = {
  /**
   * Sends a query, and sends it again if it failed only because of its name. In a transaction, trying again is up to
   * whoever began it.
   */
  sent(client: pg.PoolClient, question: Question, send: Send): Promise<pg.QueryResult>
}

/** A query as the library takes it. */
export type Sent = { readonly text: string; readonly values: unknown[]; readonly name?: string }

type Send = (query: Sent) => Promise<pg.QueryResult>
type Named = { readonly name: string | undefined; readonly sql: string }

/** The name is gone, or belongs to another statement. */
const NAME_GONE = ['26000', '42P05']
/**
 * The columns changed since the statement was planned. The name of a function in the server tells, since messages are
 * translated.
 */
const OUTDATED = 'RevalidateCachedQuery'
/** The transaction had failed before. */
const ABORTED = '25P02'

export function statementNames(isDirect: (client: pg.PoolClient) => boolean): StatementNames {
  const unnamed = new WeakSet<pg.PoolClient>()
  const names = new Map<string, string>()
  const reasons = new WeakMap<pg.PoolClient, unknown>()
  let changes = 0

  function nameOf(client: pg.PoolClient, { sql, mayHaveName }: Question): string | undefined {
    if (!mayHaveName || !isRepeated(sql) || !isDirect(client) || unnamed.has(client)) return undefined
    return names.get(sql) ?? newName(sql)
  }

  /** A name always means the same statement, on every connection. */
  function newName(sql: string): string {
    const name = `${createHash('sha256').update(sql).digest('base64url')}.${changes}`
    names.set(sql, name)
    return name
  }

  /** Whether it failed only because of its name, which it then does not have the next time. */
  function failedForName(client: pg.PoolClient, { name, sql }: Named, { code = '', routine }: Failure): boolean {
    if (name === undefined) return false
    if (NAME_GONE.includes(code)) unnamed.add(client)
    else if (routine !== OUTDATED) return false
    else if (names.get(sql) === name) {
      // It would fail on every connection that keeps it.
      changes += 1
      newName(sql)
    }
    return true
  }

  /** Why it failed: queries that were sent along with the first one that failed, failed for the same reason. */
  function reasonOf(client: pg.PoolClient, named: Named, failure: Failure): unknown {
    if (failure.code === ABORTED) return reasons.get(client) ?? failure
    const reason = failedForName(client, named, failure) ? statementForgotten(failure) : failure
    reasons.set(client, reason)
    return reason
  }

  return {
    async sent(client, question, send) {
      const { sql, parameters, isWithin } = question
      for (;;) {
        const name = nameOf(client, question)
        const query = { text: sql, values: [...parameters], ...(name !== undefined && { name }) }
        try {
          return await send(query).catch(error => {
            throw reasonOf(client, { name, sql }, error)
          })
        } catch (error) {
          if (isWithin || !isStatementForgotten(error)) throw error
        }
      }
    },
  }
}

type Failure = Partial<Pick<pg.DatabaseError, 'code' | 'routine'>>
