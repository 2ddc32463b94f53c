import * as z from 'zod'
import type { Route } from './route.ts'

export const healthRoute: Route = {
  method: 'get',
  path: '/healthz',
  operation: {
    summary: 'Whether the process answers',
    access: 'anyone',
    answers: { 200: { description: 'It does.', schema: z.strictObject({ ok: z.literal(true) }) } },
  },
  handler: () => (_request, response) => {
    response.json({ ok: true })
  },
}
