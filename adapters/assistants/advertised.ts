import type { Request } from 'express'
import * as z from 'zod'
import type { OwnAssistant } from '../../src/chat/port.ts'
import type { Asking } from './asking.ts'

const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities'

const message = z.object({
  method: z.string(),
  params: z
    .object({
      capabilities: z.unknown().optional(),
      _meta: z.object({ [CAPABILITIES]: z.unknown().optional() }).optional(),
    })
    .optional(),
})

/** Which platform's cards a client draws; `session` is the id that says so in its next requests. */
export type Advertised = { readonly cards?: OwnAssistant; readonly session?: string }

/**
 * What a client advertises, without keeping sessions. It is in the request, or in the id that was issued when the
 * conversation was opened; for a client that sends neither, what it said when it last opened one.
 */
export function createAdvertised(newId: () => string) {
  const lastSaid = createMemory()

  return (request: Request, body: unknown, asking: Asking, known: readonly OwnAssistant[]): Advertised => {
    const drawing = (capabilities: unknown) => known.find(own => own.draws(capabilities))
    const { data } = message.safeParse(body)
    if (data?.method === 'initialize') {
      const cards = drawing(data.params?.capabilities)
      lastSaid.keep(asking, cards)
      return cards === undefined ? {} : { cards, session: `${cards.name}-${newId()}` }
    }
    const said = data?.params?._meta?.[CAPABILITIES]
    if (said !== undefined) return found(drawing(said))
    const session = request.get('mcp-session-id')
    if (session !== undefined) return found(known.find(({ name }) => session.startsWith(`${name}-`)))
    return found(lastSaid.of(asking))
  }
}

/** What each client said last; one that opened a conversation for nobody in particular speaks for everybody. */
function createMemory() {
  const said = new Map<string, Map<string, OwnAssistant | undefined>>()
  return {
    keep({ actor: { userId }, through }: Asking, cards: OwnAssistant | undefined): void {
      const people = userId === '' ? undefined : said.get(through)
      said.set(through, new Map(people).set(userId, cards))
    },
    of({ actor: { userId }, through }: Asking): OwnAssistant | undefined {
      const people = said.get(through)
      return people?.has(userId) ? people.get(userId) : people?.get('')
    },
  }
}

function found(cards: OwnAssistant | undefined): Advertised {
  return cards === undefined ? {} : { cards }
}
