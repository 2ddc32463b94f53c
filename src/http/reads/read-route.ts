import type { Request, Response } from 'express'
import type * as z from 'zod'
import type { Reader } from '../../domain/alerts/confidential.ts'
import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import { REFUSAL } from '../answers.ts'
import { authorize, type Caller } from '../authorize.ts'
import { guarded, refuse } from '../guarded.ts'
import type { HttpContext, Route } from '../route.ts'

/** Something that programs may read: what can be asked, and what is answered. */
export type Read<Query> = {
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly query: z.ZodType<Query>
  readonly answer: z.ZodType
  read(asked: Asked<Query>): Promise<object | NotFound>
}

export type Asked<Query> = {
  readonly context: HttpContext
  readonly query: Query
  /** What stands in the path where it has a `:id`. */
  readonly id: string
  /** Whose eyes it is for: the person of the token, else nobody in particular. */
  readonly reader: Reader
  readonly now: Instant
}

/** There is no such thing: what was asked for, and what to do. */
export class NotFound {
  readonly sentence: string
  readonly hint: string

  constructor(sentence: string, hint: string) {
    this.sentence = sentence
    this.hint = hint
  }
}

const WRONG = { description: 'What is asked for cannot be.', schema: REFUSAL }

/** The one mechanism behind what is read: the token, the question, and an answer that is sent again only when it changed. */
export function readRoute<Query>({ path, summary, description, query, answer, read }: Read<Query>): Route {
  return {
    method: 'get',
    path,
    operation: {
      summary,
      ...(description !== undefined && { description }),
      access: { by: 'bearer', scope: 'health:read' },
      query,
      answers: {
        200: { description: 'With an ETag: sent back as If-None-Match, 304 says that it is the same.', schema: answer },
        400: WRONG,
        404: WRONG,
      },
    },
    handler: context =>
      guarded(context, async (request, response) => {
        const now = context.clock()
        const access = { by: 'bearer', scope: 'health:read' } as const
        const caller = await authorize(context.connection, access, request, response, now)
        if (caller === undefined) return
        const asked = query.safeParse(request.query)
        if (!asked.success) return refuseQuery(response, asked.error)
        const reader = await readerOf(context, caller)
        const found = await context.connection.reading(connection =>
          read({ context: { ...context, connection }, query: asked.data, id: idIn(request), reader, now }),
        )
        if (found instanceof NotFound) return refuse(response, 404, found.sentence, found.hint)
        response.set('Cache-Control', 'private, no-cache').json(found)
      }),
  }
}

function idIn({ params }: Request): string {
  return typeof params.id === 'string' ? params.id : ''
}

function refuseQuery(response: Response, { issues }: z.ZodError): void {
  const [issue] = issues
  const field = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.')
  const sentence = issue?.code === 'unrecognized_keys' ? 'There is no such parameter' : (issue?.message ?? 'Not valid')
  refuse(response, 400, `${field}: ${sentence}.`, 'GET /v1/openapi.json lists what can be asked.')
}

async function readerOf({ connection, settings }: HttpContext, { person }: Caller): Promise<Reader> {
  if (person === undefined) return { role: 'viewer' }
  const email = foldEmail(person)
  const known = await findPersonOrNone(connection.db, email)
  if (known === undefined) return { role: 'viewer' }
  return { email, role: settings().routes.admins.includes(email) ? 'admin' : known.role }
}
