import { createServer as createHttpServer } from 'node:http'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { BotError } from '../errors.ts'
import type { Log } from '../log.ts'
import { cutOffSlow, cutOffUnread } from './cut-off.ts'
import { DOORS } from './doors/index.ts'
import { refuse } from './guarded.ts'
import { healthRoute } from './health.ts'
import { type MetricsContext, metricsRoute } from './metrics.ts'
import { openApiRoute } from './openapi/route.ts'
import { READS } from './reads/index.ts'
import { type ReadyContext, readyRoute } from './ready.ts'
import type { HttpContext, Route } from './route.ts'

type ServerContext = HttpContext & ReadyContext & Partial<MetricsContext> & Mounting

type Mounting = {
  /** Resolves once the platforms have mounted what they listen to: they load while the door is open already. */
  readonly mounted?: Promise<void>
}

/** The one app of the service. No parser reads bodies for every path: platforms check signatures over raw ones. */
export function createServer(context: ServerContext): Express {
  const app = express()
  app.disable('x-powered-by')
  // Outside of production Express shows stack traces to callers.
  app.set('env', 'production')
  app.use(cutOffUnread)
  const routes = routesOf(context)
  for (const { path, method, handler } of routes) app[method](path, handler(context))
  for (const path of new Set(routes.map(({ path }) => path))) refuseOthers(app, path, routes)
  app.use('/v1', (_request, response) => {
    refuse(response, 404, 'There is nothing at this address.', 'GET /v1/openapi.json lists what there is.')
  })
  app.use('/v1', brokenOff(context.log))
  // What the platforms mount follows, and may take a moment.
  app.use((_request, _response, next) => (context.mounted ?? Promise.resolve()).then(() => next()))
  // Doors look after bodies themselves; those of platforms have their time.
  app.use(cutOffSlow())
  return app
}

function routesOf({ metrics, metricsToken, ...context }: ServerContext): Route[] {
  const own = [
    ...DOORS,
    ...READS,
    healthRoute,
    readyRoute(context),
    ...(metrics ? [metricsRoute(metrics, metricsToken)] : []),
  ]
  return [...own, openApiRoute(own)]
}

function refuseOthers(app: Express, path: string, routes: readonly Route[]): void {
  const methods = routes.filter(route => route.path === path).map(({ method }) => method.toUpperCase())
  app.all(path, (request, response) => {
    response.set('Allow', methods.join(', '))
    refuse(response, 405, `${path} does not accept ${request.method}.`, `Send it with ${methods.join(' or ')}.`)
  })
}

/** A bug, said without its insides. */
function brokenOff(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    log.error({ reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'a request failed')
    if (response.headersSent) return next(error)
    response
      .status(500)
      .json({ error: 'Something broke on our side; nothing is acknowledged.', hint: 'Send it again.' })
  }
}

/**
 * Longer than the minute that proxies keep a connection, and than any Retry-After: where we end it first, a request may
 * be on its way already and is lost.
 */
const IDLE = 75_000

/** Serves until `close`, which lets requests that are under way end. Port 0 is any free one. */
export async function listen(
  app: Express,
  { port, host }: { readonly port: number; readonly host?: string | undefined },
): Promise<{ readonly port: number; close(): Promise<void> }> {
  // Doors read bodies of any length; every other request has its time in `cutOffSlow`.
  const server = createHttpServer({ headersTimeout: 10_000, requestTimeout: 0, keepAliveTimeout: IDLE }, app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', error =>
      reject(
        new BotError(
          'cannot_listen',
          `Port ${port}${host === undefined ? '' : ` of ${host}`} cannot be used: ${error.message}.`,
        ),
      ),
    )
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise(resolve => {
        // A connection whose request ends only now would be kept for its next one.
        const sweep = setInterval(() => server.closeIdleConnections(), 50)
        server.close(() => {
          clearInterval(sweep)
          resolve()
        })
      }),
  }
}
