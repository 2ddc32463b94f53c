import type { RequestHandler } from 'express'
import type * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { KnownPlatform } from '../ingest/known-platform.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../model/settings.ts'
import type { Connection } from '../store/engine/engine.ts'
import type { Scope } from '../store/people/tokens.ts'
import type { SignalsThread } from '../threads/signals-thread.ts'

/** What every route may use of the world. */
export type HttpContext = {
  readonly connection: Connection
  /** Names this process among all that work on the database. */
  readonly instance: string
  readonly clock: Clock
  readonly log: Log
  /** Those in use now. */
  readonly settings: () => Settings
  readonly platforms: readonly KnownPlatform[]
  /** Milliseconds for which a body may stop; half a minute if left out. */
  readonly pause?: number
  /** Where signals are taken beside the event loop; on it, where there is none. */
  readonly signalsThread?: () => SignalsThread | undefined
  /** What the environment has under a name. */
  readonly secretOf: (name: string) => string | undefined
}

/** One address: how it is answered, and what the published document says of it. */
export type Route = {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly operation: Operation
  handler(context: HttpContext): RequestHandler
}

export type Operation = {
  readonly summary: string
  readonly description?: string
  /** Who may: anyone, or whoever has a token with this scope, as a bearer token or as the user name of Basic. */
  readonly access: 'anyone' | { readonly by: 'bearer' | 'basic'; readonly scope: Scope }
  /** What may follow a question mark. */
  readonly query?: z.ZodType
  readonly headers?: Readonly<Record<string, z.ZodType>>
  /** By content type. */
  readonly body?: Readonly<Record<string, { readonly schema: z.ZodType; readonly example: unknown }>>
  /** By status; JSON where no other type is named. */
  readonly answers: Readonly<
    Record<number, { readonly description: string; readonly schema: z.ZodType; readonly type?: string }>
  >
}
