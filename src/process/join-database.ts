import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { BotError } from '../errors.ts'
import { enter, SERVICE, voidServiceClaims } from '../store/claims/instances.ts'
import { refuseUnfinishedCopy } from '../store/copy/copy-tables.ts'
import type { Connection } from '../store/engine/engine.ts'
import { damaged, openDatabase, takeServiceLock, WRITE_POLICIES } from '../store/engine/engines.ts'
import { migrate } from '../store/engine/schema/migrate.ts'
import { databaseClock } from './database-clock.ts'
import type { OnStop } from './shutdown.ts'

/** What a service goes by: its database, its name among others on it, and the time that all of them agree on. */
export type JoinedDatabase = {
  readonly connection: Connection
  readonly instance: string
  readonly clock: Clock
  /** Until it is known to be sound, a file stays as it is. */
  isSound(): boolean
  /** Goes on with a file that was found sound. Throws where it is damaged, and then leaves it as it is for good. */
  found(isSound: boolean): void
}

/** Who enters, with the clock of its machine. */
export type InstanceOptions = {
  readonly clock: Clock
  /** What instances that share a database go by, made of each one's own clock; that of the database unless told otherwise. */
  readonly sharedClock?: typeof databaseClock
  readonly newId: () => string
}

/** A command that sends a digest holds the lock of the service for as long as that takes: so long it is waited for. */
const COMMAND_TIMEOUT = 5_000

/** Opens the database of a service, brings it up to date, and says that the service is there. Alone on a file, or refused. */
export async function joinDatabase(
  config: Config,
  { clock: own, sharedClock = databaseClock, newId }: InstanceOptions,
  onStop: OnStop,
): Promise<JoinedDatabase> {
  onStop((await lockOf(config.databaseUrl)).release)
  const connection = openDatabase(config.databaseUrl, { ...config, ...WRITE_POLICIES.service })
  let state: 'unknown' | 'sound' | 'damaged' = 'unknown'
  // Closing would bring what was written since into a damaged file.
  onStop(() => (state === 'damaged' ? undefined : connection.close()))
  const { db, engine } = connection
  const untouched = engine.leaveFileAsItIs()
  await migrate(connection)
  await refuseUnfinishedCopy(connection)
  const instance = `${SERVICE}${hostname()}-${newId()}`
  if (engine.isShared) onStop((await enter(db, instance)).end)
  else await voidServiceClaims(db)
  const { clock, stop } = engine.isShared ? await sharedClock(db, own) : { clock: own, stop() {} }
  onStop(stop)
  return {
    connection,
    instance,
    clock,
    isSound: () => state === 'sound',
    found(isSound) {
      state = isSound ? 'sound' : 'damaged'
      if (!isSound) throw damaged(engine.name)
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
