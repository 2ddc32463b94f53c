import { randomUUID } from 'node:crypto'
import { openDoor } from './bot.ts'
import type { ChatAdapter } from './chat.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Environment, parseConfig } from './config.ts'
import type { Context } from './context.ts'
import { BotError } from './errors.ts'
import { createServer, listen } from './http/server.ts'
import { startJobs } from './jobs/index.ts'
import { type ScoringThread, startScoringThread } from './jobs/scoring-thread.ts'
import { watchSettings } from './jobs/watch-settings.ts'
import { createLog, type Log } from './log.ts'
import { chosenPlatforms } from './platforms.ts'
import { type Connection, openDatabase, PATIENCE } from './store/database.ts'
import { migrate } from './store/migrate.ts'
import { reviveInterrupted } from './store/outbox.ts'
import { takeServiceLock } from './store/service-lock.ts'

export type Service = { readonly port: number; readonly connection: Connection; stop(): Promise<void> }

/** What of the world a service is given; tests give it their own time. */
export type Surroundings = {
  readonly env: Environment
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Log
  readonly startScoring: (databaseUrl: string) => ScoringThread
}

/** Starts everything in order; `stop` ends it in reverse. Throws a sentence when it cannot start. */
export async function startService({ env, clock, newId, log, startScoring }: Surroundings): Promise<Service> {
  const config = parseConfig(env)
  const settings = watchSettings(config.settingsFolder, log)
  const chosen = chosenPlatforms(env)

  const lock = takeServiceLock(config.databaseUrl)
  if (lock === undefined) {
    throw new BotError(
      'already_running',
      'Another Rounds runs on this database already.',
      'Stop it first, or give this one its own DATABASE_URL.',
    )
  }
  const connection = openDatabase(config.databaseUrl, PATIENCE.service)
  await migrate(connection)
  await reviveInterrupted(connection.db)

  const chats = new Map<string, ChatAdapter>()
  let wakeSender = () => {}
  const context: Context = {
    connection,
    clock,
    log,
    newId,
    settings: settings.current,
    chats,
    wakeSender: () => wakeSender(),
  }
  const door = openDoor(context)
  const app = createServer({ connection, clock, log })
  for (const { load, name, config } of chosen.on) {
    const create = await load()
    chats.set(name, create({ config, door, app, log }))
  }
  const scoring = startScoring(config.databaseUrl)
  const jobs = startJobs(context, scoring.score)
  wakeSender = jobs.wakeSender
  const server = await listen(app, config.port)
  for (const chat of chats.values()) await chat.start()
  log.info(
    { port: server.port, on: chosen.on.map(({ name }) => name), off: chosen.off, model: settings.current().model.name },
    'Rounds is up',
  )

  return {
    port: server.port,
    connection,
    stop: async () => {
      for (const chat of chats.values()) await chat.stop()
      await server.close()
      await jobs.stop()
      await scoring.stop()
      settings.stop()
      await connection.close()
      lock.release()
      log.info({}, 'Rounds is down')
    },
  }
}

/** Runs the service until SIGTERM or SIGINT, and ends it in good order. */
export async function serveUntilStopped(env: Environment): Promise<void> {
  const log = createLog(parseConfig(env).logLevel)
  const startScoring = startScoringThread
  const service = await startService({ env, clock: systemClock, newId: randomUUID, log, startScoring })
  await new Promise<void>(resolve => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
  await service.stop()
}
