import { setTimeout as rest } from 'node:timers/promises'
import pg from 'pg'
import type { ServiceLock } from '../engine.ts'
import { cannotOpen } from './failures.ts'
import { PATIENCE } from './pool.ts'
import { nameOf } from './url.ts'

/** Any number that other programs on the same database do not use. */
const ROUNDS = 1_380_928_083

/** Milliseconds until a lock that went with its connection is taken again. */
const PAUSE = 1_000

/** One service for a database: a connection holds the lock until it is released, or until the process is gone. */
export async function takeServiceLock(url: string): Promise<ServiceLock | undefined> {
  let holder = await hold(url, onLost)
  let isReleased = false
  async function onLost(): Promise<void> {
    while (!isReleased) {
      await rest(PAUSE, undefined, { ref: false })
      if (isReleased) return
      holder = await hold(url, onLost).catch(() => undefined)
      if (holder !== undefined) return
    }
  }
  if (holder === undefined) return undefined
  return {
    async release() {
      isReleased = true
      await holder?.end().catch(() => {})
    },
  }
}

/** Whether a service holds the lock: it is taken for a moment to see that. */
export async function isServed(url: string): Promise<boolean> {
  const lock = await takeServiceLock(url)
  await lock?.release()
  return lock === undefined
}

async function hold(url: string, onLost: () => Promise<void>): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE, keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, hashtext(current_schema())) as taken',
      [ROUNDS],
    )
    if (rows[0]?.taken === true) {
      client.once('end', onLost)
      return client
    }
  } catch (error) {
    await client.end().catch(() => {})
    throw cannotOpen(nameOf(url), error)
  }
  await client.end()
  return undefined
}
