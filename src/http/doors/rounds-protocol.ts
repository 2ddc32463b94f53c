import * as z from 'zod'
import type { Received } from '../../ingest/http/intake.ts'
import { NOTHING_TAKEN, RECEIVED, REFUSAL } from '../answers.ts'
import type { Answer } from '../idempotency.ts'
import type { Operation } from '../route.ts'
import type { Protocol, RowsDoor } from './door.ts'

/** Rounds' own way: a bearer token, an array or {"data": [...]} or NDJSON, and an answer that counts. */
export const ROUNDS_PROTOCOL: Protocol = { by: 'bearer', list: 'data', source: 'api', answer, describe }

/** 422 where nothing at all could be taken. */
function answer(received: Received): Answer {
  const [first] = received.rejects
  if (first === undefined || received.rejected < received.read) return { status: 200, body: JSON.stringify(received) }
  const error = received.read === 1 ? `Row ${first.row}: ${first.reason}.` : `All ${received.read} rows were rejected.`
  const hint = first.problems[0]?.remedy ?? ''
  return { status: 422, body: JSON.stringify({ error, hint, ...received }) }
}

const IDEMPOTENCY_KEY = z
  .string()
  .regex(/^[!-~]{1,255}$/)
  .meta({ description: 'Makes sending the request again harmless for 24 hours.', examples: ['b7e2c0de-1'] })

/** The refusals that every door for rows has. */
export const REFUSALS: Operation['answers'] = {
  400: { description: 'The body is not JSON, or a header is wrong.', schema: REFUSAL },
  401: { description: 'No valid token.', schema: REFUSAL },
  403: { description: 'The token does not have the scope.', schema: REFUSAL },
  408: { description: 'The body stopped.', schema: REFUSAL },
  409: { description: 'A request with this Idempotency-Key is still running.', schema: REFUSAL },
  413: { description: 'Too large for JSON.', schema: REFUSAL },
  415: { description: 'Another content type or compression.', schema: REFUSAL },
  422: { description: 'The Idempotency-Key came with another body.', schema: REFUSAL },
  500: { description: 'A fault of Rounds; nothing is acknowledged.', schema: REFUSAL },
  503: { description: 'The disk is full or busy; nothing is acknowledged. See Retry-After.', schema: REFUSAL },
}

function describe({ noun, schema }: RowsDoor): ReturnType<Protocol['describe']> {
  const example = exampleOf(schema)
  const rows = z.array(schema)
  return {
    description: `One ${noun}, an array of them, {"data": [...]}, or NDJSON of any length with one a line. JSON may have 16 MiB and 100,000 rows. Bodies may be packed with gzip.`,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY },
    body: {
      'application/json': { schema: z.union([rows, z.object({ data: rows }), schema]), example: [example] },
      'application/x-ndjson': { schema: z.string(), example: `${JSON.stringify(example)}\n` },
    },
    answers: {
      200: { description: 'Taken, and on the disk; single rows may have been rejected.', schema: RECEIVED },
      ...REFUSALS,
      422: {
        description: 'Every row was rejected, or the Idempotency-Key came with another body.',
        schema: z.union([NOTHING_TAKEN, REFUSAL]),
      },
    },
  }
}

/** A row with the example of each field. */
export function exampleOf(schema: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([field, type]) => {
      const examples = z.globalRegistry.get(type)?.examples
      return Array.isArray(examples) ? [[field, examples[0]]] : []
    }),
  )
}
