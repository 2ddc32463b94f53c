import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { copyIn, isCopyIn } from '../copy-in.ts'
import { isCopyOut, receiveCopied } from '../copy-out.ts'
import { isServerFull, isUnreachable, isUnwritable } from '../failures.ts'
import { refuseMistyped } from '../url.ts'
import { answeredInTime } from './answered-in-time.ts'
import { breakOff } from './busy-backends.ts'
import { watchConnections } from './connection-watch.ts'
import { openPgPool } from './pg-pool.ts'
import { BEGIN_SESSION } from './session.ts'
import { type Question, type Sent, statementNames } from './statement-names.ts'

/** Connections to a server, up to a limit, opened when they are needed. */
export type Connections = {
  readonly options: pg.PoolConfig
  /** Lends one, first come, first served. */
  take(): Promise<pg.PoolClient>
  ask(client: pg.PoolClient, question: Question): Promise<pg.QueryResult>
  end(): Promise<void>
}

/**
 * Milliseconds until a server that does not answer counts as unreachable; and the same for a server that did not answer
 * last time, so that nobody waits long in vain.
 */
const TIMEOUT = 10_000
const TIMEOUT_WHILE_DOWN = 2_000

/**
 * Milliseconds until an idle connection is closed, until the system probes whether it still works, and that closing may
 * take.
 */
const IDLE = 60_000
const KEEP_ALIVE_AFTER = 10_000
const GRACE_PERIOD = 2_000

/** Milliseconds between two attempts to get a connection that somebody else in this process gave back. */
const RETRY_EVERY = 100

/**
 * `timeout` and `quiet`, in milliseconds, say how long a server may take to connect, and to answer a statement, before
 * it is doubted.
 */
export type Waiting = { readonly timeout?: number; readonly quiet?: number }

export function openConnections(url: string, size: number, { timeout = TIMEOUT, quiet }: Waiting = {}): Connections {
  refuseMistyped(url)
  const options = {
    connectionString: url,
    max: size,
    connectionTimeoutMillis: timeout,
    idleTimeoutMillis: IDLE,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    // Queries on one connection go out at once, without waiting for earlier answers, and are answered in order.
    pipeline: true,
    fallback_application_name: 'rounds',
  }
  const backends = new WeakMap<pg.PoolClient, number>()
  const watch = watchConnections(options, client => backends.get(client), quiet)
  const names = statementNames(client => backends.has(client))
  const idle = new Set<pg.PoolClient>()
  let opened: Promise<pg.Pool> | undefined
  const pool = () => {
    opened ??= openPgPool({ ...options, onConnect: client => onConnect(client as pg.PoolClient) }, idle)
    return opened
  }

  async function onConnect(client: pg.PoolClient): Promise<void> {
    // A connection may break between two queries of its user: the next one fails then.
    client.on('error', () => {})
    const { rows } = await answeredInTime(client.query<{ pid: number }>(BEGIN_SESSION), timeout)
    const [{ pid } = { pid: undefined }] = rows
    if (pid !== undefined && 'processID' in client && client.processID === pid) backends.set(client, pid)
    watch.opened(client)
  }

  /** If the server has no connection left for one more, one of ours may come free. */
  async function connectedInTime(): Promise<pg.PoolClient> {
    const end = performance.now() + timeout
    for (;;) {
      try {
        return await connected()
      } catch (error) {
        const areOthers = (await pool()).totalCount > 0
        if (!isServerFull(error) || !areOthers || performance.now() > end) throw error
      }
      await sleep(RETRY_EVERY)
    }
  }

  async function connected(): Promise<pg.PoolClient> {
    const connecting = (await pool()).connect()
    try {
      return await (watch.isDown() ? answeredInTime(connecting, Math.min(timeout, TIMEOUT_WHILE_DOWN)) : connecting)
    } catch (error) {
      connecting.then(
        client => client.release(),
        () => {},
      )
      if (isUnreachable(error)) watch.unanswered()
      throw error
    }
  }

  return {
    options,
    async take() {
      for (;;) {
        const client = await connectedInTime()
        if (watch.isTrusted(client)) return client
        breakOff(client)
        client.release(true)
      }
    },
    ask: (client, question) =>
      names
        .sent(client, question, query => watch.watched(client, sendQuery(client, query)))
        .catch(error => {
          // After a failover, the old primary may live on as a replica and keep its connections.
          if (isUnwritable(error)) watch.doubtAll()
          throw error
        }),
    async end() {
      const ending = (await opened)?.end()
      await Promise.race([ending, sleep(GRACE_PERIOD, undefined, { ref: false })])
      for (const client of idle) breakOff(client)
      await ending
    },
  }
}

/** Queries that are made together are sent together: otherwise each would be a system call, and wake the server. */
function sendQuery(client: pg.PoolClient, query: Sent): Promise<pg.QueryResult> {
  const { stream } = client.connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  if (isCopyIn(query.text)) return copyIn(client, query.text, query.values)
  return isCopyOut(query.text) ? receiveCopied(client, query.text, query.values) : client.query(query)
}
