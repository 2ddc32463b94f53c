import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { type Busy, breakOff, busyBackends, mayBeAtIt } from './busy-backends.ts'

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

/** Milliseconds without a word after which the server is asked. */
const QUIET = 3_000
/** What was answered just before the server was asked is under way for so long at most. */
const GRACE = 500

/** By the server's number for it, where a client has one connection for itself; undefined where a proxy lends them. */
export type BackendOf = (client: pg.PoolClient) => number | undefined

/** A statement whose answer has not come. */
type Wait = { readonly client: pg.PoolClient; readonly since: number; isWatched: boolean }

export function watchLines(options: pg.ClientConfig, backendOf: BackendOf, quiet = QUIET): Lines {
  const heardAfter = new WeakMap<pg.PoolClient, number>()
  const madeAfter = new WeakMap<pg.PoolClient, number>()
  let [losses, doubts] = [0, 0]
  let isDown = false
  let asking: Promise<Busy> | undefined
  const waits = new Set<Wait>()
  let looking: NodeJS.Timeout | undefined

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
    await sleep(GRACE)
    return progressOf(client) === before
  }

  async function watch({ client }: Wait, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      if ((await isLost(client)) && !isOver()) {
        losses += 1
        breakOff(client)
        return
      }
      await sleep(quiet, undefined, { ref: false })
    }
  }

  /** One timer for all: one for each statement would cost a sixth of what the statement does. */
  function lookAtWaits(): void {
    if (waits.size === 0) {
      clearInterval(looking)
      looking = undefined
    }
    const before = performance.now() - quiet
    for (const wait of waits) {
      // The oldest come first.
      if (wait.since > before) return
      if (wait.isWatched) continue
      wait.isWatched = true
      void watch(wait, () => !waits.has(wait))
    }
  }

  const lines: Lines = {
    awaited(client, answer) {
      const wait: Wait = { client, since: performance.now(), isWatched: false }
      waits.add(wait)
      looking ??= setInterval(lookAtWaits, quiet / 4).unref()
      return answer.then(
        answered => {
          waits.delete(wait)
          lines.heard(client)
          return answered
        },
        error => {
          waits.delete(wait)
          throw error
        },
      )
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

/** Another one as soon as something is sent or received. */
function progressOf({ connection: { stream } }: pg.PoolClient): string {
  const { bytesRead, writableLength } = stream as typeof stream & { readonly bytesRead?: number }
  return `${bytesRead} ${writableLength}`
}
