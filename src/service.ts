import { hostname } from 'node:os'
import { setTimeout as rest } from 'node:timers/promises'
import { catchUp } from './chat/catch-up.ts'
import { handleArrival, openDoor } from './chat/door.ts'
import type { Platform } from './chat/platform.ts'
import type { ChatAdapter } from './chat/port.ts'
import { openToolDoor } from './chat/tools/door/use-tool.ts'
import type { Clock } from './clock.ts'
import { type Environment, parseConfig } from './config.ts'
import type { Runtime } from './context.ts'
import { addressBook } from './delivery/address-book.ts'
import { BotError, DeliveryError } from './errors.ts'
import { createServer, listen } from './http/server.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { chosenPlatforms, mountAssistants, namesOf } from './platforms.ts'
import { watchClock } from './process/clock-watch.ts'
import { databaseClock } from './process/database-clock.ts'
import { enter, SERVICE, voidServiceClaims } from './store/claims/instances.ts'
import { refuseUnfinishedCopy } from './store/copy/copy-tables.ts'
import { buryThreads } from './store/delivery/pending-messages.ts'
import { saveChosenPlatforms } from './store/delivery/reach.ts'
import type { Connection } from './store/engine/engine.ts'
import { damaged, databaseName, isDamage, MANNERS, openDatabase, takeServiceLock } from './store/engine/engines.ts'
import { migrate } from './store/engine/schema/migrate.ts'
import type { ScoringThread } from './threads/scoring-thread.ts'
import type { SignalsThread } from './threads/signals-thread.ts'
import { watchSettings } from './work/admin/watch-settings.ts'
import { settingsWithDigests } from './work/digests/known-digests.ts'
import type { FeedReader } from './work/meetings/brief-person.ts'
import { type RunningJobs, startJobs } from './work/schedule/jobs.ts'
import { repeating } from './work/schedule/repeating.ts'
import { watchLapsed } from './work/schedule/watch-lapsed.ts'
import { helpScoring } from './work/scoring/together/help-scoring.ts'

export type Service = {
  readonly port: number
  readonly connection: Connection
  readonly chats: ReadonlyMap<string, ChatAdapter>
  /** Looks at everything that is due now, without waiting for the next tick. */
  look(): Promise<void>
  /** Sends what may be sent by now, without waiting for the next look. */
  wakeSender(): void
  stop(): Promise<void>
}

/** What of the world a service is given; tests give it their own time. */
export type Surroundings = {
  readonly env: Environment
  /** The chat platforms that there are; the environment says which are on. */
  readonly platforms: readonly Platform[]
  readonly clock: Clock
  /** What instances that share a database go by, made of each one's own clock; that of the database unless told otherwise. */
  readonly sharedClock?: typeof databaseClock
  readonly newId: () => string
  readonly log: Log
  /** Where accounts are scored: on a thread with a connection of its own, or here on the service's. */
  readonly startScoring: (databaseUrl: string, connection: Connection) => ScoringThread
  /** Where signals that are sent are taken, for a file: on a thread too; on the event loop, if left out. */
  readonly startReceiving?: (databaseUrl: string) => SignalsThread
  /** How people's calendars are fetched, if not from the internet. */
  readonly calendars?: FeedReader
  /** Who runs the service: the one who puts a changed model into use. */
  readonly operator: string
}

/** Milliseconds between looks for what an instance that is gone has left: where there is one alone, once at its start. */
const LOOK_FOR_LOST = 10_000
const NEVER = 2 ** 31 - 1

/** A command that sends a digest holds the lock of the service for as long as that takes: so long it is waited for. */
const COMMANDS_PATIENCE = 5_000

/** How long what runs may take to its end once the service is told to stop. */
const LAST_WORDS = 2_000

/** Starts everything in order; `stop` ends it in reverse. Throws a sentence when it cannot start, and leaves nothing. */
export async function startService(surroundings: Surroundings): Promise<Service> {
  const endings: (() => unknown)[] = []
  const { log } = surroundings
  // What cannot be ended in good order, since the database is out of reach, keeps nothing else from its end.
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) {
      try {
        await end()
      } catch (error) {
        log.warn({ err: error }, 'something was not ended in good order')
      }
    }
  }
  try {
    return { ...(await startAll(surroundings, end => endings.push(end))), stop }
  } catch (error) {
    await stop()
    throw isDamage(error) ? damaged(databaseName(parseConfig(surroundings.env).databaseUrl)) : error
  }
}

async function lockWithin(milliseconds: number, databaseUrl: string) {
  const end = performance.now() + milliseconds
  for (;;) {
    const lock = await takeServiceLock(databaseUrl)
    if (lock !== undefined || performance.now() > end) return lock
    await rest(100)
  }
}

/** `whenStopped` is told how each thing that was started is ended. */
async function startAll(
  {
    env,
    platforms,
    clock: own,
    sharedClock = databaseClock,
    newId,
    log,
    startScoring,
    startReceiving,
    calendars,
    operator,
  }: Surroundings,
  whenStopped: (end: () => unknown) => void,
): Promise<Omit<Service, 'stop'>> {
  const config = parseConfig(env)
  const settings = watchSettings(config.settingsFolder, namesOf(platforms), log)
  whenStopped(settings.stop)
  const chosen = chosenPlatforms(platforms, env)

  const lock = await lockWithin(COMMANDS_PATIENCE, config.databaseUrl)
  if (lock === undefined) {
    throw new BotError(
      'already_running',
      'Another Rounds is already running on this database.',
      'Stop it first, or give this one its own DATABASE_URL.',
    )
  }
  whenStopped(lock.release)
  const connection = openDatabase(config.databaseUrl, { ...config, ...MANNERS.service })
  // A damaged file stays as it is: closing would bring what was written since into it.
  let [isSound, isDamaged] = [false, false]
  whenStopped(() => (isDamaged ? undefined : connection.close()))
  const file = connection.engine.leaveFileAsItIs()
  await migrate(connection)
  await refuseUnfinishedCopy(connection)
  await buryThreads(connection.db)
  await saveChosenPlatforms(
    connection.db,
    chosen.on.map(({ name }) => name),
  )
  const instance = `${SERVICE}${hostname()}-${newId()}`
  const { isShared } = connection.engine
  if (isShared) whenStopped((await enter(connection.db, instance)).end)
  else await voidServiceClaims(connection.db)
  const { clock, stop } = isShared ? await sharedClock(connection.db, own) : { clock: own, stop() {} }
  whenStopped(stop)

  const scoring = startScoring(config.databaseUrl, connection)
  whenStopped(scoring.stop)
  const signals = isShared ? undefined : startReceiving?.(config.databaseUrl)
  whenStopped(() => signals?.stop())
  const metrics = createMetrics(connection, clock)
  const clockWatch = watchClock(own)
  whenStopped(clockWatch.stop)
  const chats = new Map<string, ChatAdapter>()
  const runtime: Runtime = {
    connection,
    instance,
    clock,
    log,
    newId,
    readSettings: settingsWithDigests(connection.db, settings.current),
    platforms,
    chats,
    wakeSender: () => jobs?.wakeSender(),
    plan: next => scoring.plan(settings.current().model, next, clock()),
    study: scoring.study,
  }
  const door = openDoor(runtime)
  whenStopped(door.settle)
  let jobs: RunningJobs | undefined
  let mount = () => {}
  const mounted = new Promise<void>(resolve => {
    mount = resolve
  })
  const app = createServer({
    mounted,
    ...{ connection, instance, clock, log, metrics, metricsToken: config.metricsToken, platforms },
    settings: settings.current,
    secretOf: name => env[name],
    // What the thread writes goes into the file, which stays as it is until it is known to be sound.
    signalsThread: () => (isSound ? signals : undefined),
    stuckJobs: () => jobs?.stuck() ?? [],
    clockJump: clockWatch.newestJump,
  })
  const server = await listen(app, config)
  whenStopped(server.close)
  whenStopped(mount)
  for (const { load, name } of chosen.on) {
    const create = await load()
    chats.set(name, metrics.counted(create({ door, app, log, addresses: addressBook(connection.db, name) })))
  }
  mountAssistants(app, {
    ...{ log, newId, door: openToolDoor(runtime), publicUrl: config.publicUrl },
    own: () => [...chats.values()].flatMap(({ assistant }) => assistant ?? []),
  })
  mount()
  for (const chat of chats.values()) {
    whenStopped(chat.stop)
    await chat.start().catch(error => {
      throw refusedBy(chat, error)
    })
  }
  log.info(
    { port: server.port, on: chosen.on.map(({ name }) => name), off: chosen.off, model: settings.current().model.name },
    'Rounds is up',
  )
  // Looking through a large file takes seconds, in which people are answered. Nothing begins by itself before it is over.
  isSound = await scoring.isSound()
  isDamaged = !isSound
  if (isDamaged) throw damaged(connection.engine.name)
  file.end()
  const running = startJobs(runtime, metrics.timed(scoring.score), operator, env, undefined, calendars)
  jobs = running
  const helping = isShared ? [helpScoring(runtime, scoring.help)] : []
  whenStopped(() => endJobs([running, ...helping], scoring))
  const lookForLost = catchUp(runtime, arrived => handleArrival(runtime, arrived))
  const late = repeating(log, 'requests cut short', isShared ? LOOK_FOR_LOST : NEVER, lookForLost)
  late.wake()
  whenStopped(late.stop)
  whenStopped(connection.engine.hearOutbox(running.wakeSender).end)
  if (isShared) {
    const lapsed = watchLapsed(connection.db, log, () => {
      running.wakeAll()
      for (const job of helping) job.wake()
      late.wake()
    })
    whenStopped(lapsed.stop)
  }

  return { port: server.port, connection, chats, look: running.look, wakeSender: running.wakeSender }
}

/** A scoring that takes longer is cut short: its slot is not recorded, so that the next start does it again. */
async function endJobs(jobs: readonly Pick<RunningJobs, 'stop'>[], scoring: ScoringThread): Promise<void> {
  const ended = Promise.all(jobs.map(job => job.stop()))
  await Promise.race([ended, rest(LAST_WORDS, undefined, { ref: false })])
  await scoring.stop()
  await ended
}

function refusedBy({ platform }: ChatAdapter, error: unknown): unknown {
  if (!(error instanceof DeliveryError)) return error
  return new BotError(
    'refused_by_platform',
    `${platform} refuses Rounds: ${error.message}.`,
    'Check its variables in the environment, see .env.example.',
  )
}
