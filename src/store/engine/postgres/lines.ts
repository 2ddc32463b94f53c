import { setTimeout as rest } from 'node:timers/promises'
import type pg from 'pg'

/**
 * Watches what is waited for on connections. A line may swallow what is sent on it and tell nobody: a network that changes
 * over, a firewall that forgets, a proxy that hangs. A statement may also take long. Who waits cannot tell one from the
 * other, so the server is asked, on another connection, whether it is still at it.
 */
export type Lines = {
  /** The same answer; where it was lost on its way, the connection breaks. */
  awaited<T>(client: pg.PoolClient, answer: Promise<T>): Promise<T>
  /** Whether a connection is of use: not made to a server that turned out to be the wrong one, nor lost with another. */
  isTrusted(client: pg.PoolClient): boolean
  made(client: pg.PoolClient): void
  heard(client: pg.PoolClient): void
  /** The address may lead to another server by now: what was made before is trusted no more. */
  doubtAll(): void
  /** Whether the server did not answer when it was last tried. */
  isDown(): boolean
  unheard(): void
}

/** Milliseconds without a word after which the server is asked, and that it has to answer. */
const QUIET = 3_000
const ANSWER = 5_000
/** What was answered just before the server was asked is under way for so long at most. */
const GRACE = 500

/** By the server's number for it, where a client has one connection for itself; undefined where a proxy lends them. */
export type BackendOf = (client: pg.PoolClient) => number | undefined

export function watchLines(options: pg.ClientConfig, backendOf: BackendOf, quiet = QUIET): Lines {
  const heardAfter = new WeakMap<pg.PoolClient, number>()
  const madeAfter = new WeakMap<pg.PoolClient, number>()
  let [losses, doubts] = [0, 0]
  let isDown = false
  let asking: Promise<Busy> | undefined

  /** One question for all who wait. */
  function askServer(): Promise<Busy> {
    asking ??= busyBackends(options).finally(() => {
      asking = undefined
    })
    return asking
  }

  async function isLost(client: pg.PoolClient): Promise<boolean> {
    const before = progressOf(client)
    const busy = await askServer()
    if (busy === 'away') isDown = true
    if (mayBeAtIt(busy, backendOf(client))) return false
    await rest(GRACE)
    return progressOf(client) === before
  }

  async function watch(client: pg.PoolClient, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      if ((await isLost(client)) && !isOver()) {
        losses += 1
        breakOff(client)
        return
      }
      await rest(quiet, undefined, { ref: false })
    }
  }

  const lines: Lines = {
    async awaited(client, answer) {
      let isOver = false
      const timer = setTimeout(() => watch(client, () => isOver), quiet)
      try {
        const answered = await answer
        lines.heard(client)
        return answered
      } finally {
        isOver = true
        clearTimeout(timer)
      }
    },
    isTrusted: client => heardAfter.get(client) === losses && madeAfter.get(client) === doubts,
    made(client) {
      madeAfter.set(client, doubts)
      lines.heard(client)
    },
    heard(client) {
      heardAfter.set(client, losses)
      isDown = false
    },
    doubtAll() {
      doubts += 1
    },
    isDown: () => isDown,
    unheard() {
      isDown = true
    },
  }
  return lines
}

/** Ends a connection at once, without a goodbye that nobody would hear. */
export function breakOff({ connection }: pg.Client): void {
  connection.stream.destroy()
}

/** Another one as soon as something is sent or received. */
function progressOf({ connection: { stream } }: pg.PoolClient): string {
  const { bytesRead, writableLength } = stream as typeof stream & { readonly bytesRead?: number }
  return `${bytesRead} ${writableLength}`
}

/** The connections on which the server is at a statement; or it does not say, or does not answer at all. */
type Busy = ReadonlySet<number> | 'unsaid' | 'away'

/** Behind a proxy nobody knows which one is at ours: as long as there is any, it may be that. */
function mayBeAtIt(busy: Busy, backend: number | undefined): boolean {
  if (busy === 'unsaid' || busy === 'away') return busy === 'unsaid'
  return backend === undefined ? busy.size > 0 : busy.has(backend)
}

async function busyBackends(options: pg.ClientConfig): Promise<Busy> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...options, connectionTimeoutMillis: ANSWER, query_timeout: ANSWER })
  client.on('error', () => {})
  const asked = performance.now()
  try {
    await client.connect()
    // One that waits for its client has nothing to do.
    const { rows } = await client.query<{ pid: number }>(`select pid from pg_stat_activity where state = 'active'
      and usename = current_user and pid <> pg_backend_pid() and wait_event_type is distinct from 'Client'`)
    return new Set(rows.map(({ pid }) => pid))
  } catch (error) {
    // It has no connection left, or starts: it is there.
    if (error instanceof pg.DatabaseError) return 'unsaid'
    // A process that stood still has not read what came meanwhile.
    return performance.now() - asked > 2 * ANSWER ? 'unsaid' : 'away'
  } finally {
    breakOff(client)
  }
}
