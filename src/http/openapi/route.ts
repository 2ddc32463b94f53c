import * as z from 'zod'
import type { Route } from '../route.ts'
import { documentOf } from './document.ts'

/** The document of these routes and of itself, made once it is asked for. */
export function openApiRoute(others: readonly Route[]): Route {
  let document: string | undefined
  const route: Route = {
    method: 'get',
    path: '/v1/openapi.json',
    operation: {
      summary: 'This document',
      access: 'anyone',
      answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
    },
    handler: () => (_request, response) => {
      document ??= JSON.stringify(documentOf([...others, route]), null, 2)
      response.type('json').send(document)
    },
  }
  return route
}
