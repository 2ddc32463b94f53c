import { createHash } from 'node:crypto'
import type pg from 'pg'
import { isStatementForgotten, statementForgotten } from '../../forgotten-statement.ts'
import { isRepeated } from '../../repeated-statements.ts'

export type Question = {
  readonly sql: string
  readonly parameters: readonly unknown[]
  readonly mayHaveName: boolean
  /** A transaction is open, which a failure ends. */
  readonly isWithin: boolean
}

/**
 * Names under which connections keep what is asked often, so that the server plans it once. Only where the server itself is
 * at the other end: what stands between, such as PgBouncer, may lead to another one each time.
 */
export type StatementNames = {
  /** Sends a question; again, where it failed for its name only. Within a transaction that is for who began it. */
  sent(client: pg.PoolClient, question: Question, send: Send): Promise<pg.QueryResult>
}

/** As the library takes it. */
export type Sent = { readonly text: string; readonly values: unknown[]; readonly name?: string }

type Send = (query: Sent) => Promise<pg.QueryResult>
type Named = { readonly name: string | undefined; readonly sql: string }

/** Somebody let all names go; or one is somebody else's. */
const UNKNOWN = ['26000', '42P05']
/** Whose columns changed since a statement was planned: its failure is told by the place in the server, which has no language. */
const OUTDATED = 'RevalidateCachedQuery'
/** In a transaction that failed nothing else is done. */
const ABORTED = '25P02'

export function statementNames(isDirect: (client: pg.PoolClient) => boolean): StatementNames {
  const forgetful = new WeakSet<pg.PoolClient>()
  const names = new Map<string, string>()
  const reasons = new WeakMap<pg.PoolClient, unknown>()
  let changes = 0

  function nameOf(client: pg.PoolClient, { sql, mayHaveName }: Question): string | undefined {
    if (!mayHaveName || !isRepeated(sql) || !isDirect(client) || forgetful.has(client)) return undefined
    return names.get(sql) ?? nameAnew(sql)
  }

  /** One name is always the same statement, whoever says it. */
  function nameAnew(sql: string): string {
    const name = `${createHash('sha256').update(sql).digest('base64url')}.${changes}`
    names.set(sql, name)
    return name
  }

  /** Next time it has no such name. */
  function isOnlyForName(client: pg.PoolClient, { name, sql }: Named, { code = '', routine }: Failure): boolean {
    if (name === undefined) return false
    if (UNKNOWN.includes(code)) forgetful.add(client)
    else if (routine !== OUTDATED) return false
    else if (names.get(sql) === name) {
      // Every connection that keeps it would meet the same.
      changes += 1
      nameAnew(sql)
    }
    return true
  }

  /** Why it failed: what was asked in one go with what failed first does so for the same reason. */
  function reasonOf(client: pg.PoolClient, named: Named, failure: Failure): unknown {
    if (failure.code === ABORTED) return reasons.get(client) ?? failure
    const reason = isOnlyForName(client, named, failure) ? statementForgotten(failure) : failure
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
