import type { Request, RequestHandler, Response } from 'express'
import { BodyError } from '../ingest/http/body-error.ts'
import { storageTrouble } from '../ingest/storage-trouble.ts'
import type { HttpContext } from './route.ts'

/** Answers what `work` throws in words: a body that is refused, a database that cannot take it. A bug goes on. */
export function guarded(
  { log }: Pick<HttpContext, 'log'>,
  work: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return async (request, response) => {
    try {
      await work(request, response)
    } catch (error) {
      // Nobody is there anymore.
      if (request.readableAborted || response.destroyed) return
      if (error instanceof BodyError) {
        if (error.status === 409) response.set('Retry-After', '1')
        return refuse(response, error.status, error.message, error.hint)
      }
      const trouble = storageTrouble(error)
      if (trouble === undefined) throw error
      const said = error instanceof Error ? error.message : String(error)
      log.warn({ reason: trouble.sentence, said, path: request.path }, 'a request was not accepted')
      response.set('Retry-After', String(trouble.retryAfter))
      refuse(
        response,
        503,
        `${trouble.sentence} Nothing is acknowledged.`,
        `${trouble.hint} Sending the same data again is safe.`,
      )
    }
  }
}

export function refuse(response: Response, status: number, error: string, hint: string): void {
  response.status(status).json({ error, hint })
}
