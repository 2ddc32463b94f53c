import type { Request, Response } from 'express'
import type { Received } from '../../ingest/http/intake.ts'
import { receiveBody, type SentBody } from '../../ingest/http/receive-body.ts'
import { authorize } from '../authorize.ts'
import { bytesOf } from '../body.ts'
import { factsOf } from '../facts.ts'
import { guarded } from '../guarded.ts'
import { type Answer, idempotencyKeyIn, once } from '../idempotency.ts'
import type { HttpContext, Route } from '../route.ts'
import type { Protocol, Requested, RowsDoor } from './door.ts'
import { ROUNDS_PROTOCOL } from './rounds-protocol.ts'

/** The one mechanism behind the doors for rows. Once it answers, what it took is on the disk. */
export function rowsDoor(door: RowsDoor, protocol: Protocol = ROUNDS_PROTOCOL): Route {
  const { path, summary, scope } = door
  return {
    method: 'post',
    path,
    operation: { summary, access: { by: protocol.by, scope }, ...protocol.describe(door) },
    handler: context => guarded(context, (request, response) => answer({ door, protocol, context }, request, response)),
  }
}

type At = { readonly door: RowsDoor; readonly protocol: Protocol; readonly context: HttpContext }

async function answer({ door, protocol, context }: At, request: Request, response: Response): Promise<void> {
  const { connection, clock, instance } = context
  const now = clock()
  const caller = await authorize(connection, { by: protocol.by, scope: door.scope }, request, response, now)
  if (caller === undefined) return
  const key = idempotencyKeyIn(request)
  const chunks = bytesOf(request, context.pause)
  const contentType = protocol.contentType ?? request.get('content-type') ?? ''
  const form = { contentType, list: protocol.list, noun: door.noun }
  const { source } = protocol
  const work = async (chunks: AsyncIterable<Uint8Array>): Promise<Answer> => {
    const received = await receive(door, { context, caller }, { chunks, form, source, now })
    await door.afterwards?.(context, received, caller, now)
    return protocol.answer(received)
  }
  const { status, body, isReplayed } = await (key === undefined
    ? work(chunks)
    : once(connection, { key, path: door.path, caller, now, instance }, chunks, work))
  if (isReplayed) response.set('Idempotent-Replayed', 'true')
  response.status(status).type('json').send(body)
}

function receive(door: RowsDoor, request: Requested, body: SentBody): Promise<Received> {
  const { connection, settings, platforms } = request.context
  const facts = factsOf(settings())
  const beside = door.beside?.(request)
  if (beside !== undefined) return beside({ ...body, facts })
  return receiveBody({ connection }, door.open({ connection, now: body.now, facts, platforms }, request), body)
}
