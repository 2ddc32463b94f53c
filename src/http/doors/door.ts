import type * as z from 'zod'
import type { Instant } from '../../domain/time/instant.ts'
import type { Intake, Received, Reception } from '../../ingest/http/intake.ts'
import type { SentBody } from '../../ingest/http/receive-body.ts'
import type { Scope } from '../../store/people/tokens.ts'
import type { Caller } from '../authorize.ts'
import type { Answer } from '../idempotency.ts'
import type { HttpContext, Operation } from '../route.ts'

/** A door for rows of one kind: its schema, its scope, and what takes the rows. */
export type RowsDoor = {
  readonly path: string
  readonly scope: Scope
  readonly summary: string
  /** What a row is called. */
  readonly noun: string
  readonly schema: z.ZodObject
  open(reception: Reception, request: Requested): Intake
  /** What takes the same rows beside the event loop, where something does. */
  beside?(request: Requested): Beside | undefined
  /** What follows once the rows are on the disk. */
  afterwards?(context: HttpContext, received: Received, caller: Caller, now: Instant): Promise<void>
}

type Beside = (body: SentBody & Pick<Reception, 'facts'>) => Promise<Received>

/** The request that rows came with. */
export type Requested = { readonly context: HttpContext; readonly caller: Caller }

/** How programs speak at a door: Rounds' own way, or that of a product whose clients are sent to us. */
export type Protocol = {
  readonly by: 'bearer' | 'basic'
  /** The member of the body that holds the rows, where it is an object. */
  readonly list: string
  /** What bodies are, whatever they say. */
  readonly contentType?: string
  /** What rejects are counted under. */
  readonly source: string
  answer(received: Received): Answer
  describe(door: RowsDoor): Pick<Operation, 'description' | 'headers' | 'body' | 'answers'>
}
