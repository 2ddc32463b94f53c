import type { Platform } from './chat/platform.ts'
import type { ChatAdapter } from './chat/port.ts'
import type { Clock } from './clock.ts'
import type { Model } from './domain/model/model.ts'
import type { Log } from './log.ts'
import type { Settings } from './model/settings.ts'
import type { Connection } from './store/engine/engine.ts'
import type { Db } from './store/tables.ts'
import type { Study } from './work/outcomes/study.ts'
import type { ModelPlan } from './work/scoring/plan-model.ts'

/** Everything a handler may use of the outside world, with the settings as they were when it started. */
export type Context = {
  readonly connection: Connection
  /** Names this process among all that work on the database. */
  readonly instance: string
  readonly clock: Clock
  readonly log: Log
  /** Makes a new unique id. */
  readonly newId: () => string
  readonly settings: Settings
  /** All chat platforms, on or off. */
  readonly platforms: readonly Platform[]
  /** By platform, only those that are configured. */
  readonly chats: ReadonlyMap<string, ChatAdapter>
  /** Tells the sender that the outbox holds something new. */
  readonly wakeSender: () => void
  /** What would change if this model were put into use now; computed off the event loop. */
  readonly plan: (next: Model) => Promise<ModelPlan>
  /** Studies all outcomes, off the event loop. */
  readonly study: Study
}

/** The running service, from which each request and each tick takes its context. */
export type Runtime = Omit<Context, 'settings'> & {
  /** The newest valid settings, with the digests made in chat. */
  readonly readSettings: (db: Db) => Promise<Settings>
}

/** The context of a request or a tick: reads the settings once, at its top; from there they are passed down as a value. */
export async function newContext(runtime: Runtime): Promise<Context> {
  return { ...runtime, settings: await runtime.readSettings(runtime.connection.db) }
}

const requests = new WeakMap<Context, Context>()

/** The key under which things are remembered for a request. */
export function requestOf(context: Context): Context {
  return requests.get(context) ?? context
}

/** The same request on a replica, if there is one: for work that only reads. */
export function reading<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  return context.connection.reading(connection => {
    if (connection === context.connection) return work(context)
    const there = { ...context, connection }
    requests.set(there, requestOf(context))
    return work(there)
  })
}
