import type { Request, RequestHandler, Response } from 'express'
import type { Clock } from '../clock.ts'
import { asTypedHere } from '../command-name.ts'
import { BodyError } from '../ingest/http/body-error.ts'
import { MOST_BYTES, readBody, type SentRow, tooLarge } from '../ingest/http/http-body.ts'
import { receiveSignals } from '../ingest/http/receive-signals.ts'
import { storageTrouble } from '../ingest/storage-trouble.ts'
import type { Log } from '../log.ts'
import type { Connection } from '../store/engine/engine.ts'
import { type TokenVerdict, verifyToken } from '../store/people/tokens.ts'
import { countRejected } from '../store/sources/source-counts.ts'

export type HttpContext = { readonly connection: Connection; readonly clock: Clock; readonly log: Log }

const REFUSALS: Record<Exclude<TokenVerdict, 'valid'>, string> = {
  unknown: 'Rounds does not know who you are.',
  expired: 'This token has expired.',
  revoked: 'This token was revoked.',
  out_of_scope: 'This token may not send signals.',
}

const TOKEN_HINT = asTypedHere('Send "Authorization: Bearer TOKEN" with a token from `rounds token create`.')
const SCOPE_HINT = asTypedHere('Make one that may: `rounds token create --scope signals:write`.')

/** Takes signals, and answers once they are on the disk: what was acknowledged is never lost. */
export function signalsRoute({ connection, clock, log }: HttpContext): RequestHandler {
  return async (request, response) => {
    const now = clock()
    try {
      const verdict = await verifyToken(connection.db, bearerOf(request), 'signals:write', now)
      if (verdict !== 'valid') {
        const isKnown = verdict === 'out_of_scope'
        response.set(
          'WWW-Authenticate',
          `Bearer realm="rounds"${isKnown ? ', error="insufficient_scope", scope="signals:write"' : ''}`,
        )
        return refuse(response, isKnown ? 403 : 401, REFUSALS[verdict], isKnown ? SCOPE_HINT : TOKEN_HINT)
      }
      const report = await receiveSignals(connection, await rowsOf(request), now)
      await countRejected(connection.db, 'api', report.rejected, now)
      response.json(report)
    } catch (error) {
      if (request.readableAborted) return
      if (error instanceof BodyError) return refuse(response, error.status, error.message, error.hint)
      const trouble = storageTrouble(error)
      if (trouble === undefined) throw error
      log.warn({ reason: trouble.sentence }, 'signals were not accepted')
      response.set('Retry-After', String(trouble.retryAfter))
      refuse(response, 503, `${trouble.sentence} Nothing is acknowledged.`, trouble.hint)
    }
  }
}

function bearerOf(request: Request): string {
  return /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? ''
}

function rowsOf(request: Request): Promise<SentRow[]> {
  const encoding = request.get('content-encoding') ?? 'identity'
  if (encoding !== 'identity') throw new BodyError(415, `Rounds does not read ${encoding}.`, 'Send the body as it is.')
  if (Number(request.get('content-length') ?? 0) > MOST_BYTES) throw tooLarge()
  // The connection stays, so that a sender who is still sending hears why it was refused.
  const chunks = request.iterator({ destroyOnReturn: false })
  return readBody(chunks, request.get('content-type') ?? '')
}

function refuse(response: Response, status: number, error: string, hint: string): void {
  response.status(status).json({ error, hint })
}
