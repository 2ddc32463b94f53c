import express, { type Application, type ErrorRequestHandler, type Request, type Response } from 'express'
import type { Log } from '../../../src/log.ts'
import type { TeamsConfig } from '../config.ts'
import type { Answer } from '../inbound/answer.ts'
import { faultOf } from '../outbound/errors.ts'
import type { Transport } from '../transport.ts'
import { type Activity, activitySchema, tenantsOf } from './activity.ts'
import { claimedIssuer } from './bearer.ts'
import { isLoopback, isTrusted } from './trusted.ts'

const PATH = '/api/messages'

export type RouteParts = {
  readonly config: TeamsConfig
  readonly transport: Transport
  readonly log: Log
  readonly receive: (activity: Activity) => Promise<Answer>
  readonly refuseStranger: (activity: Activity) => Promise<Answer>
  /** Told of everything that goes on after the answer. */
  readonly running: Set<Promise<unknown>>
}

/** The route for the Bot Framework. Untrusted requests are refused before the body is read, or as soon as it is. */
export function mountRoute(app: Application, parts: RouteParts): void {
  const { config, log } = parts
  app.post(PATH, (request, response, next) => {
    if (mayKnock(request, config)) next()
    else refuse(response, 401, 'This is not signed by the Bot Framework.')
  })
  app.post(
    PATH,
    express.json({ limit: '1mb', verify: (_request, _response, body) => refuseTangled(body) }),
    (request, response) => {
      const work = handle(parts, request, response).catch(error => {
        log.error(faultOf(error), 'teams request failed')
        if (!response.headersSent) refuse(response, 500, 'Something broke on our side.')
      })
      parts.running.add(work)
      return work.finally(() => parts.running.delete(work))
    },
  )
  app.all(PATH, (request, response) => {
    response.set('Allow', 'POST')
    refuse(response, 405, `${PATH} does not accept ${request.method}.`)
  })
  app.use(PATH, unreadable)
}

/** More commas, colons and brackets than any card sends back: that many keys would block the event loop. */
const MOST_MARKS = 40_000

function refuseTangled(body: Buffer): void {
  let marks = 0
  for (const code of body) if (code === 0x2c || code === 0x3a || code === 0x5b || code === 0x7b) marks += 1
  if (marks > MOST_MARKS) throw Object.assign(new Error('too many values'), { status: 413 })
}

async function handle(parts: RouteParts, request: Request, response: Response): Promise<void> {
  const { config, transport, log } = parts
  const read = activitySchema.safeParse(request.body)
  // before anything else of it is believed: a token is good for one service URL, and a body without any matches none
  const serviceUrl: unknown = request.body?.serviceUrl
  if (typeof serviceUrl !== 'string' || serviceUrl === '') return refuse(response, 401, 'It names no service URL.')
  if (!read.success) return refuse(response, 400, 'This is not an activity of the Bot Framework.')
  const activity = read.data
  if (!isTrusted(serviceUrl, config)) {
    log.warn({ serviceUrl: serviceUrl.slice(0, 200) }, 'teams service url refused')
    return refuse(response, 403, 'Its service URL is not one that Rounds answers to.')
  }
  const status = await admitted(parts, request, activity)
  if (status !== 200) return refuse(response, status, NOT_ADMITTED[status])
  const answer = await (isOurs(activity, config) ? parts.receive(activity) : parts.refuseStranger(activity))
  reply(response, answer)
  await answer.afterwards?.().catch(error => log.error(faultOf(error), 'teams answer lost'))

  async function admitted({ config }: RouteParts, request: Request, activity: Activity): Promise<200 | 401 | 503> {
    if (config.app !== undefined && activity.channelId !== 'msteams') return 401
    try {
      await transport.admit(request.get('authorization') ?? '', activity)
      return 200
    } catch (error) {
      log.warn(faultOf(error), 'teams request refused')
      return couldNotCheck(error) ? 503 : 401
    }
  }
}

const NOT_ADMITTED = {
  401: 'This is not signed by the Bot Framework.',
  503: 'The signature cannot be checked now.',
} as const

/** Without an app id everybody on this machine is trusted, except a web page in a browser. */
function mayKnock(request: Request, { app, cloud }: TeamsConfig): boolean {
  if (app === undefined) return isLoopback(request.hostname ?? '') && isLoopback(peerOf(request))
  return claimedIssuer(request.get('authorization')) === cloud.ToBotFromChannelTokenIssuer
}

function peerOf({ socket }: Request): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
}

/** Whose people are answered; in development everybody. */
function isOurs(activity: Activity, { app, tenants }: TeamsConfig): boolean {
  if (app === undefined) return true
  const theirs = tenantsOf(activity)
  return theirs.length > 0 && theirs.every(tenant => tenants.includes(tenant))
}

/** The keys of the Bot Framework could not be fetched: that says nothing about the request. */
function couldNotCheck(error: unknown): boolean {
  return error instanceof Error && (error.name === 'FetchError' || /^Failed to load /.test(error.message))
}

function reply(response: Response, { status, body }: Answer): void {
  if (body === undefined) response.status(status).end()
  else response.status(status).json(body)
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error })
}

const unreadable: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const status = typeof error?.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 400
  refuse(response, status, status === 413 ? 'This is too long.' : 'This cannot be read as JSON.')
}
