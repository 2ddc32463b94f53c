import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '../../../src/log.ts'

/**
 * Bolt's and the SDK's own words in our log: warnings and errors only, for their debug lines hold whole payloads, and
 * with our secrets struck out.
 */
export function boltLog(log: Log, secrets: readonly string[]): Logger {
  const said = (words: readonly unknown[]): object => ({
    said: secrets.reduce((text, secret) => text.replaceAll(secret, '***'), words.map(String).join(' ').slice(0, 500)),
  })
  return {
    debug() {},
    info() {},
    warn: (...words: unknown[]) => log.warn(said(words), 'slack library'),
    error: (...words: unknown[]) => log.error(said(words), 'slack library'),
    setLevel() {},
    setName() {},
    getLevel: () => LogLevel.INFO,
  }
}
