import type { Request, Response } from 'express'
import * as z from 'zod'
import { BodyError } from '../../ingest/http/body-error.ts'
import { receiveEvents } from '../../ingest/sources/receive-events.ts'
import type { Delivery, Verdict, WebhookSource } from '../../ingest/sources/source.ts'
import { countRejected } from '../../store/sources/source-counts.ts'
import { REFUSAL } from '../answers.ts'
import { bytesOf } from '../body.ts'
import { guarded, refuse } from '../guarded.ts'
import type { HttpContext, Route } from '../route.ts'

/** No vendor sends more in one request. */
const MOST_BYTES = 1024 * 1024

const REFUSALS: Record<Exclude<Verdict, 'valid'>, { readonly error: string; readonly hint: string }> = {
  forged: {
    error: 'The signature is not valid.',
    hint: 'Check that the secret in the environment is the one of this webhook, and that nothing changes the body on its way.',
  },
  stale: {
    error: 'This was signed more than 5 minutes ago or ahead.',
    hint: 'Check the clock of this machine.',
  },
}

/** The door for a vendor's webhooks: checks the signature over the bytes as they came, and answers once it is on the disk. */
export function webhookDoor(source: WebhookSource): Route {
  return {
    method: 'post',
    path: `/v1/${source.name}`,
    operation: {
      summary: `Webhooks of ${source.name}`,
      description: `${source.summary}. Signed as ${source.name} signs; the secret is in the environment, under the name that sources.yaml gives.`,
      access: 'anyone',
      body: { 'application/json': { schema: z.unknown(), example: {} } },
      answers: {
        200: { description: 'Taken, and on the disk.', schema: z.object({ ok: z.literal(true) }) },
        400: { description: 'The body is not JSON.', schema: REFUSAL },
        401: { description: 'The signature is wrong, or its time is more than 5 minutes off.', schema: REFUSAL },
        404: { description: 'sources.yaml does not name this source.', schema: REFUSAL },
        408: { description: 'The body stopped.', schema: REFUSAL },
        413: { description: 'More than 1 MiB.', schema: REFUSAL },
        415: { description: 'Another compression than gzip.', schema: REFUSAL },
        500: { description: 'A fault of Rounds; nothing is acknowledged.', schema: REFUSAL },
        503: { description: 'The secret is not set, or the database cannot take it.', schema: REFUSAL },
      },
    },
    handler: context => guarded(context, (request, response) => answer(source, context, request, response)),
  }
}

async function answer(
  source: WebhookSource,
  context: HttpContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { connection, clock, settings, secretOf } = context
  const now = clock()
  const setUp = settings().sources[source.name]
  if (setUp === undefined) {
    return refuse(response, 404, `${source.name} is not set up.`, `Name it in sources.yaml.`)
  }
  const secret = secretOf(setUp.secret_env)
  if (!secret) {
    return refuse(response, 503, `The secret of ${source.name} is not set.`, `Set ${setUp.secret_env} and restart.`)
  }
  const body = await wholeBody(request, context.pause)
  const verdict = await source.verify(deliveryOf(request, body), secret, now)
  if (verdict !== 'valid') {
    await countRejected(connection.db, source.name, 1, now)
    return refuse(response, 401, REFUSALS[verdict].error, REFUSALS[verdict].hint)
  }
  await receiveEvents(connection, source.name, source.read(parsed(body), setUp.account), now)
  response.json({ ok: true })
}

async function wholeBody(request: Request, pause: number | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytesOf(request, pause)) {
    size += chunk.length
    if (size > MOST_BYTES) throw new BodyError(413, 'A webhook may have 1 MiB.', 'Send less at a time.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function deliveryOf(request: Request, body: Buffer): Delivery {
  const host = request.get('x-forwarded-host') ?? request.get('host') ?? ''
  return {
    method: request.method,
    urls: ['https', 'http'].map(scheme => `${scheme}://${host}${request.originalUrl}`),
    body,
    header: name => request.get(name),
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new BodyError(400, 'The body is not JSON.', 'Send it as the documentation of the webhook says.')
  }
}
