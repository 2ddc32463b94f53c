import { parse } from 'node:querystring'
import type { App, Receiver } from '@slack/bolt'
import type { Application, Request, Response } from 'express'
import type { Clock } from '../../../src/clock.ts'
import type { Log } from '../../../src/log.ts'
import { faultOf } from '../outbound/errors.ts'
import { isSigned } from './signature.ts'

const PATH = '/slack/events'
const MOST_BYTES = 1024 * 1024

type Sent = Readonly<Record<string, unknown>>

/**
 * Bolt on the service's own Express application. The signature is over the raw body, so it has to be mounted before
 * anything that parses bodies.
 */
export function createHttpReceiver(app: Application, signingSecret: string, log: Log, clock: Clock): Receiver {
  return {
    init(bolt) {
      app.post(PATH, async (request, response) => {
        const body = await bodyOf(request)
        const isTheirs = body !== undefined && isSigned({ headers: request.headers, body }, signingSecret, clock())
        const sent = isTheirs ? read(request, body) : undefined
        if (sent !== undefined) return answer(bolt, sent, request, response, log)
        const status = body === undefined ? 413 : isTheirs ? 400 : 401
        log.warn({ status }, 'slack request refused')
        response.status(status).end()
      })
    },
    // The server is the service's own.
    async start() {},
    async stop() {},
  }
}

/** Nothing where it is too long. */
function bodyOf(request: Request): Promise<string | undefined> {
  return new Promise(resolve => {
    const pieces: Buffer[] = []
    let bytes = 0
    request
      .on('data', (piece: Buffer) => {
        bytes += piece.length
        if (bytes <= MOST_BYTES) pieces.push(piece)
        else resolve(undefined)
      })
      // This includes a request that was cut off: nobody is left to answer, and nothing is signed.
      .on('close', () => resolve(''))
      .on('end', () => resolve(Buffer.concat(pieces).toString()))
  })
}

/** A form, which may hold JSON, or JSON; nothing where it is neither. */
function read(request: Request, body: string): Sent | undefined {
  try {
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    const form = isForm ? parse(body) : { payload: body }
    const sent: unknown = typeof form.payload === 'string' ? JSON.parse(form.payload) : form
    return typeof sent === 'object' && sent !== null ? { ...sent } : undefined
  } catch {
    return undefined
  }
}

async function answer(bolt: App, body: Sent, request: Request, response: Response, log: Log): Promise<void> {
  if (body.ssl_check !== undefined) return void response.end()
  if (body.type === 'url_verification') return void response.json({ challenge: body.challenge })
  try {
    const ack = async (said?: unknown) => void (typeof said === 'object' ? response.json(said) : response.end(said))
    // A replayed request has the same signature.
    await bolt.processEvent({ body, ack, customProperties: { carrier: request.headers['x-slack-signature'] } })
    // Nobody knows what it is.
    if (!response.headersSent) response.status(404).end()
  } catch (error) {
    log.error(faultOf(error), 'slack request failed')
    if (!response.headersSent) response.status(500).end()
  }
}
