import * as z from 'zod'
import { type EventType, SENT_EVENT } from '../../ingest/segment/event.ts'
import { openEvents } from '../../ingest/segment/receive-events.ts'
import type { SentEvents } from '../../ingest/segment/sent-events.ts'
import { RECEIVED } from '../answers.ts'
import type { Route } from '../route.ts'
import type { Protocol, Requested, RowsDoor } from './door.ts'
import { exampleOf, REFUSALS } from './rounds-protocol.ts'
import { rowsDoor } from './rows-door.ts'
import { unreadTally } from './unread-tally.ts'

/** Without the key in sources.yaml, events are counted only. */
const NOTHING_ASKED = { events: {}, account: 'groupId' }

/** What Segment's clients look at is the status: an event that is left out must not be sent again forever. */
const SEGMENT_PROTOCOL: Protocol = {
  by: 'basic',
  list: 'batch',
  contentType: 'application/json',
  source: 'segment',
  answer: received => ({ status: 200, body: JSON.stringify({ success: true, ...received }) }),
  describe: ({ path, schema }) => {
    const example = exampleOf(schema)
    const batch = z.object({ batch: z.array(schema) })
    const isBatch = path === '/v1/batch'
    return {
      description: 'As Segment documents it. The write key is a token, sent as the user name of Basic authorization.',
      body: {
        'application/json': { schema: isBatch ? batch : schema, example: isBatch ? { batch: [example] } : example },
      },
      answers: {
        200: { description: 'Acknowledged; `rejects` says what was left out.', schema: ACKNOWLEDGED },
        ...REFUSALS,
      },
    }
  },
}

const ACKNOWLEDGED = RECEIVED.extend({ success: z.literal(true) }).meta({
  id: 'Acknowledged',
  description: 'Events that become a signal or an account count as added, changed or unchanged.',
})

/** `type` is what the address says of its events. */
function eventsDoor(path: string, type: EventType | undefined): Route {
  const door: RowsDoor = {
    path,
    scope: 'signals:write',
    summary: `Takes what Segment's clients send to ${path}`,
    noun: 'event',
    schema: SENT_EVENT,
    open: (reception, request) =>
      openEvents(reception, { ...readingOf(type, request), countUnread: unreadTally(request.context) }),
    beside(request) {
      const thread = request.context.signalsThread?.()
      if (thread === undefined) return undefined
      return async body => {
        const { received, unread } = await thread.receiveEvents({ ...body, reading: readingOf(type, request) })
        const count = unreadTally(request.context)
        for (const [name, times] of unread) count(name, times)
        return received
      }
    },
  }
  return rowsDoor(door, SEGMENT_PROTOCOL)
}

function readingOf(type: EventType | undefined, { context, caller }: Requested): SentEvents['reading'] {
  const { segment } = context.settings().sources
  return {
    segment: segment ?? NOTHING_ASKED,
    type,
    mayChangeAccounts: segment !== undefined || caller.scopes.includes('accounts:write'),
  }
}

export const segmentDoors: readonly Route[] = [
  eventsDoor('/v1/batch', undefined),
  eventsDoor('/v1/track', 'track'),
  eventsDoor('/v1/group', 'group'),
  eventsDoor('/v1/identify', 'identify'),
  eventsDoor('/v1/page', 'page'),
  eventsDoor('/v1/screen', 'screen'),
  eventsDoor('/v1/alias', 'alias'),
]
