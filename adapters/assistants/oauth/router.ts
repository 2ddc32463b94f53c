import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js'
import { type Request, type Response, Router, urlencoded } from 'express'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import * as z from 'zod'
import type { SignIn } from '../../../src/chat/tools/tool-port.ts'
import { consentPage, type Sealed } from './consent-page.ts'
import { HEADERS, oauthProvider } from './provider.ts'

const sealed = z.object({ client: z.string(), challenge: z.string(), redirect: z.string(), state: z.string() })
const sent = z.object({ sealed: z.string().max(8_000), code: z.string().max(40) })

/** Guesses from one address in a minute: a code has 40 bits and lives ten minutes. */
const MOST_GUESSES = { points: 10, duration: 60 }

/** OAuth 2.1 with PKCE and registration by the clients themselves, at the paths of the protocol. */
export function oauthRouter(signIn: SignIn, publicUrl: URL): Router {
  const key = randomBytes(32)
  const guesses = new RateLimiterMemory(MOST_GUESSES)
  const router = Router()
  const provider = oauthProvider(signIn, consent => seal(key, consent))
  router.post(
    '/oauth/consent',
    urlencoded({ extended: false, limit: 16_384 }),
    async (request: Request, response: Response) => {
      const form = sent.safeParse(request.body)
      const consent = form.success ? unseal(key, form.data.sealed) : undefined
      if (!form.success || consent === undefined) return page(response, 400, 'This page is too old.', 'Connect again.')
      const isGuessing = await guesses.consume(request.ip ?? '').then(
        () => false,
        () => true,
      )
      if (isGuessing) return page(response, 429, 'Too many tries.', 'Wait a minute.')
      const code = await signIn.consent(form.data.code, consent)
      if (code !== undefined) return response.redirect(302, backTo(consent, code))
      const client = await signIn.client(consent.client)
      const name = String(client?.client_name ?? consent.client)
      const problem = 'This code is not valid, or older than ten minutes. Write /health connect for a new one.'
      return response
        .set(HEADERS)
        .status(401)
        .send(consentPage(name, consent.redirect, form.data.sealed, problem))
    },
  )
  router.use(
    mcpAuthRouter({
      provider,
      issuerUrl: publicUrl,
      resourceServerUrl: new URL('/mcp', publicUrl),
      scopesSupported: ['mcp'],
      resourceName: 'Rounds',
    }),
  )
  return router
}

function page(response: Response, status: number, sentence: string, hint: string): Response {
  return response.status(status).type('text').send(`${sentence} ${hint}`)
}

function backTo({ redirect, state }: Sealed, code: string): string {
  const url = new URL(redirect)
  url.searchParams.set('code', code)
  if (state !== '') url.searchParams.set('state', state)
  return url.href
}

/** What was asked for when the page was shown, so that nobody can consent to something else. */
function seal(key: Buffer, consent: Sealed): string {
  const text = Buffer.from(JSON.stringify(consent)).toString('base64url')
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

function unseal(key: Buffer, whole: string): Sealed | undefined {
  const [text = '', mark = ''] = whole.split('.')
  const [given, right] = [Buffer.from(mark), Buffer.from(createHmac('sha256', key).update(text).digest('base64url'))]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  return sealed.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
}
