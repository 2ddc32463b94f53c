import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Instant } from '../../domain/time/instant.ts'
import { withoutInvisible } from '../cells/invisible.ts'
import { instantIn, LONGEST_WORD, quoted, type Refusal, refuse, TIME_EXAMPLE } from '../cells/values.ts'

export const EVENT_TYPES = ['track', 'identify', 'group', 'page', 'screen', 'alias'] as const

export type EventType = (typeof EVENT_TYPES)[number]

const name = z.union([z.string(), z.number()]).nullish()
const traits = z.record(z.string(), z.unknown()).nullish()

/** As Segment's clients send it; what Rounds does not read is left alone. */
export const SENT_EVENT = z
  .looseObject({
    type: z
      .enum(EVENT_TYPES)
      .optional()
      .meta({ description: 'In a batch.', examples: ['track'] }),
    event: z
      .string()
      .nullish()
      .meta({ description: 'The name of what was done, in track.', examples: ['Report Exported'] }),
    userId: name.meta({ description: 'The user, as your product knows them.', examples: ['u-1'] }),
    groupId: name.meta({ description: 'The account, in group.', examples: ['acme'] }),
    traits: traits.meta({ description: 'What is known of the user or the group.' }),
    properties: traits.meta({ description: 'What is known of the event.' }),
    context: z
      .looseObject({ groupId: name, traits })
      .nullish()
      .meta({ description: 'groupId names the account of an event.', examples: [{ groupId: 'acme' }] }),
    timestamp: z
      .string()
      .nullish()
      .meta({ description: 'When it happened, in ISO 8601.', examples: ['2026-11-20T08:00:00Z'] }),
    messageId: z
      .string()
      .nullish()
      .meta({ description: 'Makes sending it again harmless.', examples: ['m-1'] }),
  })
  .meta({ id: 'SegmentEvent', description: 'An event, as Segment documents it.' })

/** An event, by what Rounds reads of it. */
export type SegmentEvent = {
  readonly type: EventType
  readonly name: string
  readonly messageId: string
  readonly userId: string
  /** Undefined where nobody says when. */
  readonly at: Instant | undefined
  readonly groupId: string
  readonly traits: Readonly<Record<string, unknown>>
  readonly properties: Readonly<Record<string, unknown>>
  readonly contextTraits: Readonly<Record<string, unknown>>
}

/** `type` is what the address says, where it says one. */
export function readEvent(value: unknown, type: EventType | undefined): SegmentEvent | Refusal {
  const { success, data, error } = SENT_EVENT.safeParse(value)
  if (!success) {
    const [issue] = error.issues
    return refuse(`${issue?.path.join('.') || 'the event'} is not what Segment sends: ${issue?.message ?? ''}`)
  }
  const isOf = type ?? data.type
  if (isOf === undefined) return refuse(`type is missing; write one of ${EVENT_TYPES.join(', ')}`)
  const written = data.timestamp ?? ''
  const at = written === '' ? undefined : instantIn(written)
  if (written !== '' && at === undefined) return refuse(`timestamp ${quoted(written)} is not an ${TIME_EXAMPLE}`)
  const { groupId, traits } = data.context ?? {}
  return {
    type: isOf,
    name: plain(data.event),
    messageId: messageIdOf(data.messageId ?? '', value),
    userId: plain(data.userId),
    at,
    groupId: plain(data.groupId ?? groupId),
    traits: data.traits ?? {},
    properties: data.properties ?? {},
    contextTraits: traits ?? {},
  }
}

/** The account's id in `groupId`, `traits.NAME` or `properties.NAME`; '' if there is none. */
export function accountIdOf(event: SegmentEvent, place: string): string {
  const [, kind, key = ''] = /^(traits|properties)\.(.+)$/.exec(place) ?? []
  if (kind === undefined) return event.groupId
  const found = kind === 'properties' ? event.properties[key] : undefined
  return plain(found ?? event.traits[key] ?? event.contextTraits[key])
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? withoutInvisible(String(value)).trim() : ''
}

/** An event without an id is known by all that it says. */
function messageIdOf(id: string, value: unknown): string {
  const known = withoutInvisible(id).trim()
  if (known !== '' && known.length <= LONGEST_WORD && !/\p{Cc}/u.test(known)) return known
  return createHash('sha256')
    .update(known === '' ? JSON.stringify(value) : known)
    .digest('hex')
    .slice(0, 32)
}
