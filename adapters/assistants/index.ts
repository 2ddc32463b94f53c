import { type Request, type RequestHandler, type Response, Router, text } from 'express'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { OwnAssistant } from '../../src/chat/port.ts'
import type { ToolDoor } from '../../src/chat/tools/tool-port.ts'
import type { Log } from '../../src/log.ts'
import { createAdvertised } from './advertised.ts'
import { type Asking, askingFrom } from './asking.ts'
import { answerMcp } from './mcp-server.ts'

export type AssistantParts = {
  readonly door: ToolDoor
  readonly log: Log
  readonly newId: () => string
  /** Where Rounds is reached from outside; without it nobody can sign in through OAuth. */
  readonly publicUrl?: URL | undefined
  /** Those of the platforms that are on. */
  readonly own: () => readonly OwnAssistant[]
}

/** Large enough that the tool itself refuses input that is too long, in a sentence that an assistant can read. */
const MOST_BYTES = 2 * 1_024 * 1_024

/** Calls of one person or token in a minute. */
const MOST_CALLS = { points: 120, duration: 60 }

/** The door for assistants, stateless: each request says who asks, and is answered by itself. */
export function createAssistants({ door, log, newId, own, publicUrl }: AssistantParts): Router {
  const metadata = publicUrl && new URL('/.well-known/oauth-protected-resource/mcp', publicUrl).href
  const router = Router()
  const limiter = new RateLimiterMemory(MOST_CALLS)
  const advertised = createAdvertised(newId)
  const readBody = text({ type: () => true, limit: MOST_BYTES })
  router.use(ownPagesOnly(publicUrl))
  router.post('/', readBody, bodyRefused, async (request: Request, response: Response) => {
    try {
      const body: unknown = parsed(request.body)
      if (body === undefined || isEmpty(body)) return refuse(response, 400, 'The body is not a message as JSON.')
      const asking = await askingFrom(request, body, { door, own: own(), newId })
      if ('refusal' in asking) return refuse(response, asking.status, asking.refusal, metadata)
      const wait = await waitFor(limiter, asking, Array.isArray(body) ? body.length : 1)
      if (wait !== undefined) {
        response.set('Retry-After', String(wait))
        return refuse(response, 429, `Too many requests: try again in ${wait} seconds.`)
      }
      const { cards, session } = advertised(request, body, asking, own())
      if (session !== undefined) response.set('Mcp-Session-Id', session)
      await answerMcp({ request, response, body, asking: { ...asking, ...(cards && { cards }) }, door })
    } catch (error) {
      log.error({ err: error }, 'an assistant was not answered')
      if (!response.headersSent) refuse(response, 500, 'This is a bug in Rounds; it is in the log.')
    }
  })
  router.all('/', (_request, response) => {
    response.set('Allow', 'POST')
    refuse(response, 405, 'Send requests to this address with POST.')
  })
  return router
}

/** A browser says which page asks; a foreign page may not, even under a name that resolves to this host. */
function ownPagesOnly(publicUrl: URL | undefined): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin')
    if (origin === undefined || origin === publicUrl?.origin || LOOPBACK.test(origin)) return next()
    refuse(response, 403, 'This page may not ask Rounds.')
  }
}

const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

/** Undefined, or how many seconds must pass first. Old clients send several messages at once; each counts. */
async function waitFor(limiter: RateLimiterMemory, { actor }: Asking, calls: number): Promise<number | undefined> {
  try {
    await limiter.consume(`${actor.platform}:${actor.userId}`, calls)
    return undefined
  } catch (limited) {
    const { msBeforeNext = 1_000 } = limited as { readonly msBeforeNext?: number }
    return Math.max(1, Math.ceil(msBeforeNext / 1_000))
  }
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body))
  } catch {
    return undefined
  }
}

function isEmpty(body: unknown): boolean {
  return Array.isArray(body) && body.length === 0
}

/** What a client of the protocol reads of a refusal that concerns the request as a whole. */
function refuse(response: Response, status: number, message: string, metadata?: string): void {
  const way = metadata === undefined ? '' : `, resource_metadata="${metadata}"`
  if (status === 401) response.set('WWW-Authenticate', `Bearer realm="rounds"${way}`)
  response.status(status).json({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null })
}

const bodyRefused = ((error: { readonly status?: number }, _request: Request, response: Response, _next: unknown) => {
  const status = error.status ?? 400
  refuse(response, status, status === 413 ? 'The request is too large: 2 MB at most.' : 'The request cannot be read.')
}) as unknown as RequestHandler
