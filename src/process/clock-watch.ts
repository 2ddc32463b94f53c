import type { Clock } from '../clock.ts'
import { HOUR } from '../domain/time/instant.ts'

/** `by` is how far, negative when it was set back, and `ago` how long ago, both in milliseconds. */
export type ClockJump = { readonly by: number; readonly ago: number }

export type ClockWatch = { newestJump(): ClockJump | undefined; stop(): void }

/** Smaller jumps are ignored. */
const LEAST = 60_000
const CHECK_EVERY = 10_000
const REMEMBERED = HOUR

/**
 * Compares the clock with one that cannot be set. A machine that slept looks as if its clock had jumped ahead, and the
 * effect is the same: whatever was due meanwhile is late.
 */
export function watchClock(clock: Clock, unsettable: () => number = () => performance.now()): ClockWatch {
  let offset = clock() - unsettable()
  let jump: { by: number; at: number } | undefined
  const look = () => {
    const by = clock() - unsettable() - offset
    offset += by
    if (Math.abs(by) >= LEAST) jump = { by, at: unsettable() }
  }
  const timer = setInterval(look, CHECK_EVERY)
  timer.unref()
  return {
    newestJump: () => {
      look()
      const ago = jump === undefined ? Infinity : unsettable() - jump.at
      return jump === undefined || ago > REMEMBERED ? undefined : { by: jump.by, ago }
    },
    stop: () => clearInterval(timer),
  }
}
