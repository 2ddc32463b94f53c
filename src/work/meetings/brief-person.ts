import type { Context } from '../../context.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import type { MeetingDay } from '../../domain/meetings/meeting.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { HOUR, type Instant } from '../../domain/time/instant.ts'
import type { readFeed } from '../../ingest/calendar/read-feed.ts'
import { emailDomain } from '../../ingest/rules/domains.ts'
import type { FetchText } from '../../outbound/fetch-text.ts'
import { type Claim, underClaim } from '../../store/claims/claims.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import type { CalendarFeed } from '../../store/people/calendar-feeds.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { addReminder, forgetReminder } from '../../store/people/reminders.ts'
import { alertsIn } from '../../views/alerts/alerts-in.ts'
import { meetingsCard } from '../../views/meetings/meetings-card.ts'
import { unreadFeedCard } from '../../views/meetings/unread-feed-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { readerOf } from '../people/reader-of.ts'
import { isGone } from '../people/who-cannot-act.ts'
import { briefMeeting } from './brief-meeting.ts'
import type { MeetingMatcher } from './customers-met.ts'

/** How a calendar is fetched, and how what it says is read. */
export type FeedReader = { readonly fetch: FetchText; readonly read: typeof readFeed }

export type Briefing = {
  readonly claim: Claim
  readonly feed: CalendarFeed
  readonly slot: Instant
  readonly day: MeetingDay
  readonly timeZone: string
  readonly reader: FeedReader
  readonly match: MeetingMatcher
}

/** What is told once of a calendar that cannot be read, until it can be read again. */
export const UNREAD = 'a calendar that cannot be read'

/** Reads somebody's calendar for today, and tells them about the customers they will meet. Never throws for its content. */
export async function briefPerson(context: Context, briefing: Briefing): Promise<void> {
  const { connection, log } = context
  const { claim, feed, slot, timeZone, day, reader, match } = briefing
  const { person } = feed
  if (await mayNotLook(context, person)) return
  const to = await directMessageOrNone(connection.db, person)
  if (to === undefined || !context.chats.has(to.platform)) return
  const read = await meetingsOf(reader, feed, day)
  if (typeof read === 'string') {
    log.warn({ reason: read }, 'a calendar was not read')
    return sayOnce(context, briefing, to, read)
  }
  const met = await match(read, emailDomain(person))
  const caller = await readerOf(context, person)
  const briefed = (await Promise.all(met.map(one => briefMeeting(context, caller, one, slot)))).flat()
  await underClaim(connection.db, claim, async db => {
    await forgetReminder(db, person, UNREAD)
    if (briefed.length === 0) return
    const card = meetingsCard(context.settings.model, briefed, { email: person, timeZone, now: slot })
    const key = { subject: { of: 'person', id: person }, purpose: 'meetings', number: slot } as const
    await addMessage(db, { ...key, to, card, alerts: alertsIn(card), at: slot, expiresAt: slot + 6 * HOUR })
  })
}

/** Somebody who has left, or may not ask, is told nothing about any account. */
async function mayNotLook({ connection: { db }, settings }: Context, person: string): Promise<boolean> {
  const { access, admins } = settings.routes
  if ((await knownPersonOrNone(db, person)) !== undefined) return isGone(db, settings.routes, person)
  return access.who === 'people' && !admins.includes(foldEmail(person))
}

/** The meetings, or why there are none to be had. */
async function meetingsOf({ fetch, read }: FeedReader, { person, url }: CalendarFeed, day: MeetingDay) {
  try {
    return await read({ text: await fetch(url), day, own: person })
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read'
  }
}

async function sayOnce(
  { connection }: Context,
  { claim, feed: { person, url }, slot }: Briefing,
  to: Destination,
  reason: string,
): Promise<void> {
  await underClaim(connection.db, claim, async db => {
    if (!(await addReminder(db, person, UNREAD, slot))) return
    const key = { subject: { of: 'person', id: person }, purpose: 'calendar', number: slot } as const
    await addMessage(db, { ...key, to, card: unreadFeedCard(url, reason), alerts: [], at: slot })
  })
}
