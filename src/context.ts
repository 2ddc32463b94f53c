import type { Platform } from './chat/platform.ts'
import type { ChatAdapter } from './chat/port.ts'
import type { Clock } from './clock.ts'
import type { Model } from './domain/model/model.ts'
import type { Log } from './log.ts'
import type { Settings } from './model/settings.ts'
import type { Connection } from './store/engine/engine.ts'
import type { Study } from './work/outcomes/study.ts'
import type { ModelPlan } from './work/scoring/plan-model.ts'

/** What every handler may use of the world, with the settings as they were when it began. */
export type Context = {
  readonly connection: Connection
  /** Names this process among all that are at work on the database. */
  readonly instance: string
  readonly clock: Clock
  readonly log: Log
  /** Makes an id that was never made before. */
  readonly newId: () => string
  readonly settings: Settings
  /** The chat platforms that there are, on or off. */
  readonly platforms: readonly Platform[]
  /** By platform; a platform that is not configured is not there. */
  readonly chats: ReadonlyMap<string, ChatAdapter>
  /** Tells the sender that the outbox holds something new. */
  readonly wakeSender: () => void
  /** What would change if this model became the one in use now; worked out without keeping anybody waiting. */
  readonly plan: (next: Model) => Promise<ModelPlan>
  /** Looks back over every outcome, without keeping anybody waiting. */
  readonly study: Study
}

/** The running service, from which each request and each tick takes its context. */
export type Runtime = Omit<Context, 'settings'> & {
  /** The newest settings that were valid, with the digests made in chat. */
  readonly readSettings: () => Promise<Settings>
}

/** The context of a request or a tick: reads the settings once, at its top; from there they are passed down as a value. */
export async function newContext(runtime: Runtime): Promise<Context> {
  return { ...runtime, settings: await runtime.readSettings() }
}

const requests = new WeakMap<Context, Context>()

/** What is remembered for a request is remembered by this. */
export function requestOf(context: Context): Context {
  return requests.get(context) ?? context
}

/** The same request, on a replica where there is one, for work that only reads. */
export function reading<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  return context.connection.reading(connection => {
    if (connection === context.connection) return work(context)
    const there = { ...context, connection }
    requests.set(there, requestOf(context))
    return work(there)
  })
}
