import { HOUR } from '../time/instant.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Milliseconds until the next try, by how many have failed; after the last one it is tried hourly, and the admins are told. */
const DELAYS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR] as const

/** After this many failures a receiver is parked: it is tried hourly, and the admins are told. */
export const PARKED_FROM = DELAYS.length

export type Retry = {
  /** Milliseconds. */
  readonly after: number
  /** Whether it failed so often that somebody should look at it. */
  readonly isParked: boolean
}

/** `asked` is what the receiver asks to be left alone for, in milliseconds; no more than an hour of it is granted. */
export function retryAfter(failures: number, asked = 0): Retry {
  const delay = DELAYS[Math.min(failures, DELAYS.length) - 1] ?? HOUR
  return { after: Math.min(Math.max(delay, asked), HOUR), isParked: failures >= PARKED_FROM }
}
