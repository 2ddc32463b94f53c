import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import * as z from 'zod'
import type { Metrics } from '../metrics.ts'
import { REFUSAL } from './answers.ts'
import type { Operation, Route } from './route.ts'

export type MetricsContext = {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>
  /** The person who reads them must send it, where there is one. */
  readonly metricsToken: string | undefined
}

/** Counts for Prometheus; with METRICS_TOKEN only for those who send it as a bearer token. */
export function metricsRoute(metrics: MetricsContext['metrics'], token: string | undefined): Route {
  const operation: Operation = {
    summary: 'Counts for Prometheus',
    description: 'With METRICS_TOKEN only for those who send it as a bearer token.',
    access: 'anyone',
    answers: {
      200: { description: 'Counts and times, of no account and no person.', schema: z.string(), type: 'text/plain' },
      401: { description: 'METRICS_TOKEN was not sent.', schema: REFUSAL },
      503: { description: 'The database cannot be read.', schema: REFUSAL },
    },
  }
  return { method: 'get', path: '/metrics', operation, handler: () => counts(metrics, token) }
}

function counts({ text, contentType }: MetricsContext['metrics'], token: string | undefined): RequestHandler {
  return async (request, response) => {
    if (token !== undefined && !isSame(request.get('authorization') ?? '', `Bearer ${token}`)) {
      response.set('WWW-Authenticate', 'Bearer realm="rounds metrics"').status(401)
      response.json({ error: 'The metrics need a token.', hint: 'Send "Authorization: Bearer" and METRICS_TOKEN.' })
      return
    }
    try {
      response.set('Content-Type', contentType).send(await text())
    } catch {
      response.status(503).json({ error: 'The database cannot be read.', hint: 'GET /readyz says more.' })
    }
  }
}

/** In a time that says nothing about where they differ. */
function isSame(sent: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(sent), digest(wanted))
}
