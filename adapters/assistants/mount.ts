import type { Application, Router } from 'express'
import type { AssistantParts } from './index.ts'

/** The address that assistants ask; the protocol's library is loaded with the first of them. */
export function mountAssistants(app: Application, parts: AssistantParts): void {
  let router: Promise<Router> | undefined
  app.use('/mcp', (request, response, next) => {
    router ??= import('./index.ts').then(({ createAssistants }) => createAssistants(parts))
    router.then(router => router(request, response, next), next)
  })
}
