import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { type Busy, breakOff, busyBackends, mayBeWorking } from './busy-backends.ts'

/**
 * Watches for answers that got lost. A connection may silently drop what is sent on it: the network was switched, a
 * firewall forgot it, a proxy hangs. But a statement may also take long. The client cannot tell which, so it asks the
 * server, on another connection, whether it is still working on the statement.
 */
export type ConnectionWatch = {
  /** The same answer; if it was lost on its way, the connection is closed, and the answer fails. */
  watched<T>(client: pg.PoolClient, answer: Promise<T>): Promise<T>
  /** Whether a connection can be used: it was made after `doubtAll`, and was heard from after another one was lost. */
  isTrusted(client: pg.PoolClient): boolean
  opened(client: pg.PoolClient): void
  answered(client: pg.PoolClient): void
  /** The address may lead to another server by now: connections that were made before are no longer trusted. */
  doubtAll(): void
  /** Whether the server did not answer when it was last tried. */
  isDown(): boolean
  unanswered(): void
}

/** Milliseconds without an answer after which the server is asked. */
const QUIET = 3_000
/** Milliseconds that an answer from just before the server was asked may still be on its way. */
const GRACE = 500

/** The server process of a connection; undefined behind a proxy, which may use another one each time. */
export type BackendOf = (client: pg.PoolClient) => number | undefined

/** A statement that was not answered yet. */
type Wait = { readonly client: pg.PoolClient; readonly since: number; isWatched: boolean }

export function watchConnections(options: pg.ClientConfig, backendOf: BackendOf, quiet = QUIET): ConnectionWatch {
  const answeredAfter = new WeakMap<pg.PoolClient, number>()
  const openedAfter = new WeakMap<pg.PoolClient, number>()
  let [losses, doubts] = [0, 0]
  let isDown = false
  let asking: Promise<Busy> | undefined
  const waits = new Set<Wait>()
  let timer: NodeJS.Timeout | undefined

  /** One question for everybody who waits. */
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
    if (mayBeWorking(busy, backendOf(client))) return false
    await sleep(GRACE)
    return progressOf(client) === before
  }

  async function breakIfLost({ client }: Wait, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      if ((await isLost(client)) && !isOver()) {
        losses += 1
        breakOff(client)
        return
      }
      await sleep(quiet, undefined, { ref: false })
    }
  }

  /** One timer for all: a timer for each statement would cost a sixth of what the statement does. */
  function lookAtWaits(): void {
    if (waits.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
    const before = performance.now() - quiet
    for (const wait of waits) {
      // The oldest come first.
      if (wait.since > before) return
      if (wait.isWatched) continue
      wait.isWatched = true
      void breakIfLost(wait, () => !waits.has(wait))
    }
  }

  const watch: ConnectionWatch = {
    watched(client, answer) {
      const wait: Wait = { client, since: performance.now(), isWatched: false }
      waits.add(wait)
      timer ??= setInterval(lookAtWaits, quiet / 4).unref()
      return answer.then(
        result => {
          waits.delete(wait)
          watch.answered(client)
          return result
        },
        error => {
          waits.delete(wait)
          throw error
        },
      )
    },
    isTrusted: client => answeredAfter.get(client) === losses && openedAfter.get(client) === doubts,
    opened(client) {
      openedAfter.set(client, doubts)
      watch.answered(client)
    },
    answered(client) {
      answeredAfter.set(client, losses)
      isDown = false
    },
    doubtAll() {
      doubts += 1
    },
    isDown: () => isDown,
    unanswered() {
      isDown = true
    },
  }
  return watch
}

/** Differs as soon as something was sent or received. */
function progressOf({ connection: { stream } }: pg.PoolClient): string {
  const { bytesRead, writableLength } = stream as typeof stream & { readonly bytesRead?: number }
  return `${bytesRead} ${writableLength}`
}
