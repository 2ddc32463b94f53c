import type { Context } from '../../context.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { MeetingDay } from '../../domain/meetings/meeting.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { type Instant, laterDay } from '../../domain/time/instant.ts'
import { dayIn, instantAt } from '../../domain/time/zoned-time.ts'
import { type CalendarFeed, listFeeds } from '../../store/people/calendar-feeds.ts'
import { listPeople } from '../../store/people/people.ts'
import { eachMorning } from '../schedule/each-morning.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'
import { type Job, runDueSlots } from '../schedule/schedule.ts'
import { briefPerson, type FeedReader } from './brief-person.ts'
import { meetingMatcher } from './customers-met.ts'

/** What the schedules of the briefings are called, before their time zone. */
export const MEETINGS = 'meetings '

/** Minutes before the morning message. */
const BEFORE = 10

/** How many calendars are fetched at once: one that hangs delays the others by ten seconds at most. */
const AT_ONCE = 8

/** Briefs each person who gave a calendar once on a business morning, before the morning's own message. */
export async function briefMeetings(context: Context, reader: FeedReader, holder: string): Promise<void> {
  const { connection, clock, log } = context
  const { db } = connection
  const feeds = await listFeeds(db)
  if (feeds.length === 0) return
  const zoneOf = await zonesOfPeople(context)
  for (const [zone, ofZone] of groupedBy(feeds, ({ person }) => zoneOf(person))) {
    await runDueSlots({ db, log, holder }, meetingsJob(context, zone, ofZone, reader), clock())
  }
}

async function zonesOfPeople({ connection, settings }: Context): Promise<(email: string) => string> {
  const people = await listPeople(connection.db)
  const zones = new Map(people.map(({ email, timeZone }) => [email, timeZone]))
  return email => zones.get(foldEmail(email)) ?? settings.routes.scoring.time_zone
}

function meetingsJob(context: Context, timeZone: string, feeds: readonly CalendarFeed[], reader: FeedReader): Job {
  const morning = { name: MEETINGS, timeZone, before: BEFORE }
  return eachMorning(context.settings, morning, async (slot, _isLate, claim) => {
    const day = dayOf(timeZone, slot)
    const shared = { claim, slot, timeZone, day, reader, match: meetingMatcher(context, slot) }
    const waiting = [...feeds]
    const { attempt, endSlot } = isolateFailures()
    const work = async () => {
      for (let feed = waiting.shift(); feed !== undefined; feed = waiting.shift()) {
        const asked = { ...shared, feed }
        await attempt('a briefing', () => briefPerson(context, asked))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    context.wakeSender()
    endSlot(context.log)
    return undefined
  })
}

function dayOf(timeZone: string, slot: Instant): MeetingDay {
  const day = dayIn(timeZone, slot)
  const startOf = (day: string) => instantAt(timeZone, { day, time: 0 })
  return { day, from: startOf(day), to: startOf(laterDay(day, 1)) }
}
