import { parse } from 'node:querystring'
import type { Application, Request, Response } from 'express'
import type { Clock } from '../../../src/clock.ts'
import type { Log } from '../../../src/log.ts'
import type { Body, Hear } from './sent.ts'
import { isSigned } from './signature.ts'

const PATH = '/slack/events'
const MOST_BYTES = 1024 * 1024

type Parts = {
  readonly app: Application
  readonly signingSecret: string
  readonly log: Log
  readonly clock: Clock
}

/** The signature is over the raw body, so it has to be mounted before anything that parses bodies. */
export function hearOverHttp(hear: Hear, { app, signingSecret, log, clock }: Parts): void {
  app.post(PATH, async (request, response) => {
    const text = await textOf(request)
    const isTheirs = text !== undefined && isSigned({ headers: request.headers, body: text }, signingSecret, clock())
    const body = isTheirs ? read(request, text) : undefined
    if (body !== undefined) return answer(hear, body, request, response)
    const status = text === undefined ? 413 : isTheirs ? 400 : 401
    log.warn({ status }, 'slack request refused')
    response.status(status).end()
  })
}

/** Nothing where it is too long. */
function textOf(request: Request): Promise<string | undefined> {
  return new Promise(resolve => {
    const pieces: Buffer[] = []
    let bytes = 0
    request
      .on('data', (piece: Buffer) => {
        bytes += piece.length
        if (bytes <= MOST_BYTES) pieces.push(piece)
        else resolve(undefined)
      })
      // Also of a request that is cut off: then nobody is left to be answered, and nothing is signed.
      .on('close', () => resolve(''))
      .on('end', () => resolve(Buffer.concat(pieces).toString()))
  })
}

/** A form, which may hold JSON, or JSON; nothing where it is neither. */
function read(request: Request, text: string): Body | undefined {
  try {
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    const form = isForm ? parse(text) : { payload: text }
    const sent: unknown = typeof form.payload === 'string' ? JSON.parse(form.payload) : form
    return typeof sent === 'object' && sent !== null ? { ...sent } : undefined
  } catch {
    return undefined
  }
}

async function answer(hear: Hear, body: Body, request: Request, response: Response): Promise<void> {
  if (body.ssl_check !== undefined) return void response.end()
  if (body.type === 'url_verification') return void response.json({ challenge: body.challenge })
  const ack = async (answer?: object) => void (answer === undefined ? response.end() : response.json(answer))
  // The person who sends it again sends the same signature.
  await hear({ body, carrier: String(request.headers['x-slack-signature']), ack })
  if (!response.headersSent) response.status(500).end()
}
