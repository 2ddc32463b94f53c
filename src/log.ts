import { destination, pino } from 'pino'

/** Data first, then a constant message: `log.info({ account }, 'score changed')`. */
export type Log = {
  debug(data: object, message: string): void
  info(data: object, message: string): void
  warn(data: object, message: string): void
  error(data: object, message: string): void
}

/** Logs go to stderr, so that what a command prints on stdout is its answer and nothing else. */
export function createLog(level: string): Log {
  return pino({ level, base: null, redact: ['token', 'secret', 'authorization'] }, destination({ fd: 2, sync: true }))
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
