import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { BotError } from '../errors.ts'
import { registerInstance, SERVICE, voidServiceClaims } from '../store/claims/instances.ts'
import { refuseUnfinishedCopy } from '../store/copy/copy-tables.ts'
import type { Connection } from '../store/engine/engine.ts'
import { damageError, openDatabase, takeServiceLock, WRITE_POLICIES } from '../store/engine/engines.ts'
import { migrate } from '../store/engine/schema/migrate.ts'
import { databaseClock } from './database-clock.ts'
import type { OnStop } from './shutdown.ts'

/** The database of a service, its name among the instances on it, and the clock that all of them share. */
export type JoinedDatabase = {
  readonly connection: Connection
  readonly instance: string
  readonly clock: Clock
  /** Whether a file is known to be sound; until then it stays untouched. */
  isSound(): boolean
  /** Says what a check of the file found. Throws if it is damaged, and then leaves it untouched for good. */
  reportCheck(isSound: boolean): void
}

/** `clock` is that of this machine. */
export type InstanceOptions = {
  readonly clock: Clock
  /**
   * Makes the clock that instances on one database share from that of this machine; by default, it is the clock of the
   * database.
   */
  readonly sharedClock?: typeof databaseClock
  readonly newId: () => string
}

/**
 * Milliseconds to wait for the lock of the service: a command that sends a digest holds it until the digest is sent.
 */
const COMMAND_TIMEOUT = 5_000

/**
 * Opens the database of a service, migrates it and registers the service. Throws if another service uses the same file.
 */
export async function joinDatabase(
  config: Config,
  { clock: own, sharedClock = databaseClock, newId }: InstanceOptions,
  onStop: OnStop,
): Promise<JoinedDatabase> {
  onStop((await lockOf(config.databaseUrl)).release)
  const connection = openDatabase(config.databaseUrl, { ...config, ...WRITE_POLICIES.service })
  let state: 'unknown' | 'sound' | 'damaged' = 'unknown'
  // Closing would write the log into the damaged file.
  onStop(() => (state === 'damaged' ? undefined : connection.close()))
  const { db, engine } = connection
  const untouched = engine.leaveFileAsItIs()
  await migrate(connection)
  await refuseUnfinishedCopy(connection)
  const instance = `${SERVICE}${hostname()}-${newId()}`
  if (engine.isShared) onStop((await registerInstance(db, instance)).end)
  else await voidServiceClaims(db)
  const { clock, stop } = engine.isShared ? await sharedClock(db, own) : { clock: own, stop() {} }
  onStop(stop)
  return {
    connection,
    instance,
    clock,
    isSound: () => state === 'sound',
    reportCheck(isSound) {
      state = isSound ? 'sound' : 'damaged'
      if (!isSound) throw damageError(engine.name)
      untouched.end()
    },
  }
}

async function lockOf(databaseUrl: string) {
  const end = performance.now() + COMMAND_TIMEOUT
  for (;;) {
    const lock = await takeServiceLock(databaseUrl)
    if (lock !== undefined) return lock
    if (performance.now() > end) {
      throw new BotError(
        'already_running',
        'Another Rounds is already running on this database.',
        'Stop it first, or give this one its own DATABASE_URL.',
      )
    }
    await sleep(100)
  }
}
