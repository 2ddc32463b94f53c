import { openDoor } from './chat/door/door.ts'
import type { Platform } from './chat/platform.ts'
import type { ChatAdapter } from './chat/port.ts'
import { openToolDoor } from './chat/tools/door/use-tool.ts'
import { type Environment, parseConfig } from './config.ts'
import type { Runtime } from './context.ts'
import { addressBook } from './delivery/address-book.ts'
import { BotError, DeliveryError } from './errors.ts'
import { createServer, listen } from './http/server.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { chosenPlatforms, mountAssistants, namesOf } from './platforms.ts'
import { watchClock } from './process/clock-watch.ts'
import { type InstanceOptions, joinDatabase } from './process/join-database.ts'
import { createShutdown, type OnStop } from './process/shutdown.ts'
import { startWork } from './process/start-work.ts'
import { giveUpReplies } from './store/delivery/message-outcomes.ts'
import { saveChosenPlatforms } from './store/destinations/reach.ts'
import type { Connection } from './store/engine/engine.ts'
import { damageError, databaseName, isDamage } from './store/engine/engines.ts'
import type { ScoringThread } from './threads/scoring-thread.ts'
import type { SignalsThread } from './threads/signals-thread.ts'
import { watchSettings } from './work/admin/watch-settings.ts'
import { settingsWithDigests } from './work/digests/known-digests.ts'
import type { FeedReader } from './work/meetings/brief-person.ts'
import type { RunningJobs } from './work/schedule/jobs.ts'

export type Service = {
  readonly port: number
  readonly connection: Connection
  readonly chats: ReadonlyMap<string, ChatAdapter>
  /** Runs everything that is due now, without waiting for the clock. */
  tick(): Promise<void>
  /** Sends what may be sent by now, without waiting for the clock. */
  wakeSender(): void
  stop(): Promise<void>
}

/** What a service is given from outside; tests pass their own clock. */
export type ServiceOptions = InstanceOptions & {
  readonly env: Environment
  /** All chat platforms; the environment says which are on. */
  readonly platforms: readonly Platform[]
  readonly log: Log
  /** Where accounts are scored: on a thread with its own connection, or in place on the service's. */
  readonly startScoring: (databaseUrl: string, connection: Connection) => ScoringThread
  /** Where sent signals are received, if the database is a file: on a thread too, or on the event loop if absent. */
  readonly startReceiving?: (databaseUrl: string) => SignalsThread
  /** How calendars are fetched, if not over the internet. */
  readonly calendars?: FeedReader
  /** Who runs the service: the audit log says that they put a changed model into use. */
  readonly operator: string
}

/** Starts everything in order; `stop` stops it in reverse. If it cannot start, throws a `BotError` and leaves nothing running. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { onStop, stop } = createShutdown(options.log)
  try {
    return { ...(await startAll(options, onStop)), stop }
  } catch (error) {
    await stop()
    throw isDamage(error) ? damageError(databaseName(parseConfig(options.env).databaseUrl)) : error
  }
}

/** Settings, database, threads, doors, chats; and jobs once the database is known to be sound. */
async function startAll(options: ServiceOptions, onStop: OnStop): Promise<Omit<Service, 'stop'>> {
  const { env, platforms, newId, log, startScoring, startReceiving } = options
  const config = parseConfig(env)
  const settings = watchSettings(config.settingsFolder, namesOf(platforms), log)
  onStop(settings.stop)
  const chosen = chosenPlatforms(platforms, env)
  const on = chosen.on.map(({ name }) => name)

  const database = await joinDatabase(config, options, onStop)
  const { connection, instance, clock } = database
  await giveUpReplies(connection.db)
  await saveChosenPlatforms(connection.db, on)

  const scoring = startScoring(config.databaseUrl, connection)
  onStop(scoring.stop)
  const signals = connection.engine.isShared ? undefined : startReceiving?.(config.databaseUrl)
  onStop(() => signals?.stop())
  const metrics = createMetrics(connection, clock)
  const clockWatch = watchClock(options.clock)
  onStop(clockWatch.stop)

  let jobs: RunningJobs | undefined
  const chats = new Map<string, ChatAdapter>()
  const runtime: Runtime = {
    ...{ connection, instance, clock, log, newId, platforms, chats },
    readSettings: settingsWithDigests(settings.current),
    wakeSender: () => jobs?.wakeSender(),
    plan: next => scoring.plan(settings.current().model, next, clock()),
    study: scoring.study,
  }
  const door = openDoor(runtime)
  onStop(door.settle)

  let mount = () => {}
  const mounted = new Promise<void>(resolve => {
    mount = resolve
  })
  const app = createServer({
    ...{ mounted, connection, instance, clock, log, metrics, metricsToken: config.metricsToken, platforms },
    settings: settings.current,
    secretOf: name => env[name],
    // The thread writes to the file, which must stay untouched until it is known to be sound.
    signalsThread: () => (database.isSound() ? signals : undefined),
    stuckJobs: () => jobs?.stuck() ?? [],
    clockJump: clockWatch.newestJump,
  })
  const { port, close } = await listen(app, config)
  onStop(close)
  onStop(mount)
  for (const { load, name } of chosen.on) {
    const create = await load()
    chats.set(name, metrics.counted(create({ door, app, log, addresses: addressBook(connection.db, name) })))
  }
  mountAssistants(app, {
    ...{ log, newId, door: openToolDoor(runtime), publicUrl: config.publicUrl },
    own: () => [...chats.values()].flatMap(({ assistant }) => assistant ?? []),
  })
  mount()
  await connect(chats.values(), onStop)
  log.info({ port, on, off: chosen.off, model: settings.current().model.name }, 'Rounds is up')

  // Checking a large file takes seconds. People are answered meanwhile, but no job starts before it is done.
  database.reportCheck(await scoring.isSound())
  jobs = startWork(runtime, { ...options, scoring, metrics }, onStop)
  return { port, connection, chats, tick: jobs.tick, wakeSender: jobs.wakeSender }
}

async function connect(chats: Iterable<ChatAdapter>, onStop: OnStop): Promise<void> {
  for (const chat of chats) {
    onStop(chat.stop)
    await chat.start().catch(error => {
      throw refusedBy(chat, error)
    })
  }
}

function refusedBy({ platform }: ChatAdapter, error: unknown): unknown {
  if (!(error instanceof DeliveryError)) return error
  return new BotError(
    'refused_by_platform',
    `${platform} refuses Rounds: ${error.message}.`,
    'Check its variables in the environment, see .env.example.',
  )
}
