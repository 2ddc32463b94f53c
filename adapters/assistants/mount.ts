import type { Application, RequestHandler, Router } from 'express'
import type { AssistantParts } from './index.ts'

/** Where OAuth is spoken; see the protocol's specification. */
const OAUTH =
  /^\/(?:authorize|token|register|revoke|oauth\/consent|\.well-known\/oauth-(?:authorization-server|protected-resource)(?:\/mcp)?)$/

/** The addresses that assistants ask; the protocol's library is loaded with the first of them. */
export function mountAssistants(app: Application, parts: AssistantParts): void {
  const { door, publicUrl } = parts
  app.use(
    '/mcp',
    lazily(async () => (await import('./index.ts')).createAssistants(parts)),
  )
  if (publicUrl === undefined) return
  const oauth = lazily(async () => (await import('./oauth/router.ts')).oauthRouter(door.signIn, publicUrl))
  app.use((request, response, next) => (OAUTH.test(request.path) ? oauth(request, response, next) : next()))
}

function lazily(load: () => Promise<Router>): RequestHandler {
  let router: Promise<Router> | undefined
  return (request, response, next) => {
    router ??= load()
    router.then(router => router(request, response, next), next)
  }
}
