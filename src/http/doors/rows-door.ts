import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Instant } from '../../domain/time/instant.ts'
import { readRows } from '../../ingest/http/http-body.ts'
import type { Intake, Received, Reception } from '../../ingest/http/intake.ts'
import type { Scope } from '../../store/people/tokens.ts'
import { countRejected } from '../../store/sources/source-counts.ts'
import { NOTHING_TAKEN, RECEIVED, REFUSAL } from '../answers.ts'
import { authorize, type Caller } from '../authorize.ts'
import { bytesOf } from '../body.ts'
import { factsOf } from '../facts.ts'
import { guarded } from '../guarded.ts'
import { type Answer, idempotencyKeyIn, once } from '../idempotency.ts'
import type { HttpContext, Operation, Route } from '../route.ts'

/** A door for rows of one kind: its schema, its scope, and what takes the rows. */
export type RowsDoor = {
  readonly path: string
  readonly scope: Scope
  readonly summary: string
  /** What a row is called. */
  readonly noun: string
  readonly schema: z.ZodObject
  open(reception: Reception): Intake
  /** What follows once the rows are on the disk. */
  afterwards?(context: HttpContext, received: Received, caller: Caller, now: Instant): Promise<void>
}

/** The one mechanism behind the doors for rows. Once it answers, what it took is on the disk. */
export function rowsDoor(door: RowsDoor): Route {
  return {
    method: 'post',
    path: door.path,
    operation: operationOf(door),
    handler: context => guarded(context, (request, response) => answer(door, context, request, response)),
  }
}

async function answer(door: RowsDoor, context: HttpContext, request: Request, response: Response): Promise<void> {
  const { connection, clock } = context
  const now = clock()
  const caller = await authorize(connection, { by: 'bearer', scope: door.scope }, request, response, now)
  if (caller === undefined) return
  const key = idempotencyKeyIn(request)
  const chunks = bytesOf(request)
  const form = { contentType: request.get('content-type') ?? '', list: 'data', noun: door.noun }
  const work = async (bytes: AsyncIterable<Uint8Array>): Promise<Answer> => {
    const received = await receive(door, context, readRows(bytes, form), now)
    await countRejected(connection.db, 'api', received.rejected, now)
    await door.afterwards?.(context, received, caller, now)
    return answerOf(received)
  }
  const { status, body, isReplayed } = await (key === undefined
    ? work(chunks)
    : once(connection, { key, path: door.path, caller, now }, chunks, work))
  if (isReplayed) response.set('Idempotent-Replayed', 'true')
  response.status(status).type('json').send(body)
}

async function receive(
  door: RowsDoor,
  { connection, settings, platforms }: HttpContext,
  batches: ReturnType<typeof readRows>,
  now: Instant,
): Promise<Received> {
  const intake = door.open({ connection, now, facts: factsOf(settings()), platforms })
  try {
    for await (const rows of batches) await intake.take(rows)
    return await intake.end()
  } finally {
    intake.close()
  }
}

/** 422 where nothing at all could be taken. */
function answerOf(received: Received): Answer {
  const [first] = received.rejects
  if (first === undefined || received.rejected < received.read) return { status: 200, body: JSON.stringify(received) }
  const error = received.read === 1 ? `Row ${first.row}: ${first.reason}.` : `All ${received.read} rows were rejected.`
  const hint = first.problems[0]?.remedy ?? ''
  return { status: 422, body: JSON.stringify({ error, hint, ...received }) }
}

function operationOf({ summary, scope, schema, noun }: RowsDoor): Operation {
  const example = Object.fromEntries(
    Object.entries(schema.shape).flatMap(([field, type]) => {
      const examples = z.globalRegistry.get(type)?.examples
      return Array.isArray(examples) ? [[field, examples[0]]] : []
    }),
  )
  const rows = z.array(schema)
  return {
    summary,
    description: `One ${noun}, an array of them, {"data": [...]}, or NDJSON of any length with one a line. JSON may have 16 MiB and 100,000 rows. Bodies may be packed with gzip.`,
    access: { by: 'bearer', scope },
    headers: {
      'Idempotency-Key': z
        .string()
        .regex(/^[!-~]{1,255}$/)
        .meta({ description: 'Makes sending the request again harmless for 24 hours.', examples: ['b7e2c0de-1'] }),
    },
    body: {
      'application/json': { schema: z.union([rows, z.object({ data: rows }), schema]), example: [example] },
      'application/x-ndjson': { schema: z.string(), example: `${JSON.stringify(example)}\n` },
    },
    answers: {
      200: { description: 'Taken, and on the disk; single rows may have been rejected.', schema: RECEIVED },
      400: { description: 'The body is not JSON, or a header is wrong.', schema: REFUSAL },
      401: { description: 'No valid token.', schema: REFUSAL },
      403: { description: 'The token does not have the scope.', schema: REFUSAL },
      408: { description: 'The body stopped.', schema: REFUSAL },
      409: { description: 'A request with this Idempotency-Key is still running.', schema: REFUSAL },
      413: { description: 'Too large for JSON.', schema: REFUSAL },
      415: { description: 'Another content type or encoding.', schema: REFUSAL },
      422: {
        description: 'Every row was rejected, or the Idempotency-Key came with another body.',
        schema: z.union([NOTHING_TAKEN, REFUSAL]),
      },
      503: { description: 'The disk is full or busy; nothing is acknowledged. See Retry-After.', schema: REFUSAL },
    },
  }
}
