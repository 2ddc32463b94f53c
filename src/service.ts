import { randomUUID } from 'node:crypto'
import { openDoor } from './bot.ts'
import type { ChatAdapter } from './chat.ts'
import { systemClock } from './clock.ts'
import { type Environment, parseConfig } from './config.ts'
import type { Context } from './context.ts'
import { BotError } from './errors.ts'
import { createServer, listen } from './http/server.ts'
import { startJobs } from './jobs/index.ts'
import { startScoringThread } from './jobs/scoring-thread.ts'
import { watchSettings } from './jobs/watch-settings.ts'
import { createLog } from './log.ts'
import { chosenPlatforms } from './platforms.ts'
import { openDatabase, PATIENCE } from './store/database.ts'
import { migrate } from './store/migrate.ts'
import { reviveInterrupted } from './store/outbox.ts'
import { takeServiceLock } from './store/service-lock.ts'

export type Service = { readonly port: number; stop(): Promise<void> }

/** Starts everything in order; `stop` ends it in reverse. Throws a sentence when it cannot start. */
export async function startService(env: Environment): Promise<Service> {
  const config = parseConfig(env)
  const log = createLog(config.logLevel)
  const settings = watchSettings(config.settingsFolder, log)
  const chosen = chosenPlatforms(env)

  const lock = takeServiceLock(config.databaseUrl)
  if (lock === undefined) {
    throw new BotError('already_running', 'Another Rounds runs on this database already.', 'Stop it first, or give this one its own DATABASE_URL.')
  }
  const connection = openDatabase(config.databaseUrl, PATIENCE.service)
  await migrate(connection)
  await reviveInterrupted(connection.db)

  const chats = new Map<string, ChatAdapter>()
  let wakeSender = () => {}
  const context: Context = {
    connection,
    clock: systemClock,
    log,
    newId: randomUUID,
    settings: settings.current,
    chats,
    wakeSender: () => wakeSender(),
  }
  const door = openDoor(context)
  const app = createServer({ connection, clock: systemClock, log })
  for (const { load, name, config } of chosen.on) {
    const create = await load()
    chats.set(name, create({ config, door, app, log, clock: systemClock }))
  }
  const scoring = startScoringThread(config.databaseUrl)
  const jobs = startJobs(context, scoring.score)
  wakeSender = jobs.wakeSender
  const server = await listen(app, config.port)
  for (const chat of chats.values()) await chat.start()
  log.info({ port: server.port, on: chosen.on.map(({ name }) => name), off: chosen.off, model: settings.current().model.name }, 'Rounds is up')

  return {
    port: server.port,
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
  const service = await startService(env)
  await new Promise<void>(resolve => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
  await service.stop()
}
