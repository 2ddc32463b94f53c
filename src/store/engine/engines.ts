import { existsSync } from 'node:fs'
import type { BotError } from '../../errors.ts'
import type { Connection, ServiceLock } from './engine.ts'
import { openPostgres } from './postgres/database.ts'
import * as postgres from './postgres/failures.ts'
import { isPostgresUrl } from './postgres/url.ts'
import { WRITE_POLICIES, type WritePolicy } from './sqlite/connection/write-policy.ts'
import { openSqlite } from './sqlite/database.ts'
import * as sqlite from './sqlite/failures.ts'
import { fileOf } from './sqlite/file-of.ts'
import { takeServiceLock as lockFile } from './sqlite/service-lock.ts'

// Only this file knows which engines there are.
export { databaseName } from './database-name.ts'
export { isPostgresUrl } from './postgres/url.ts'
export { type CopyReport, copyDatabase } from './sqlite/backup.ts'
export { WRITE_POLICIES } from './sqlite/connection/write-policy.ts'
export { priorityWaiters } from './sqlite/connection/write-priority.ts'
export { fileOf } from './sqlite/file-of.ts'
export { openPlaceStore, type Place, type PlaceGroup, type PlaceStore } from './sqlite/place-store.ts'

/**
 * A write policy is for a file, and defaults to that of a command; `connections` is for a server, and `readUrl` for its
 * replica.
 */
export type OpenOptions = Partial<WritePolicy> & {
  readonly connections?: number
  readonly readUrl?: string | undefined
}

/** Opens `sqlite:FILE`, `sqlite::memory:` or `postgres://...`. */
export function openDatabase(url: string, { connections = 10, readUrl, ...policy }: OpenOptions = {}): Connection {
  return isPostgresUrl(url)
    ? openPostgres(url, connections, readUrl)
    : openSqlite(url, { ...WRITE_POLICIES.command, ...policy })
}

/** Whether there is a database to open. A server is taken to be there until it is asked. */
export function isThere(url: string): boolean {
  return isPostgresUrl(url) || url === 'sqlite::memory:' || existsSync(fileOf(url))
}

/** A file has one service: undefined if another process holds the lock. Several services can share a server. */
export async function takeServiceLock(url: string): Promise<ServiceLock | undefined> {
  if (isPostgresUrl(url)) return { release: async () => {} }
  const lock = lockFile(url)
  return lock && { release: async () => lock.release() }
}

/** Whether a failure is temporary: others are using the database, or it cannot be reached now. */
export function isBusy(error: unknown): boolean {
  return sqlite.isBusy(error) || postgres.isBusy(error)
}

/** Failures of a server, described where they are defined. */
export { hasNoConnection, isCutShort, isForbidden, isUnreachable } from './postgres/failures.ts'

export function isDamage(error: unknown): boolean {
  return sqlite.isDamage(error) || postgres.isDamage(error)
}

export function isFull(error: unknown): boolean {
  return sqlite.isFull(error) || postgres.isFull(error)
}

export function isUnwritable(error: unknown): boolean {
  return sqlite.isUnwritable(error) || postgres.isUnwritable(error)
}

/** `name` is as the engine or `databaseName` gives it. */
export function damageError(name: string): BotError {
  return isPostgresUrl(name) ? postgres.damageError(name) : sqlite.damageError(name)
}

/** Throws a `BotError` if the database is damaged. */
export async function refuseDamage({ engine }: Pick<Connection, 'engine'>): Promise<void> {
  if (!(await engine.isSound())) throw damageError(engine.name)
}
