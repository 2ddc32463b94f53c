import type { Context } from '../../context.ts'
import type { MeetingDay } from '../../domain/meetings/meeting.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { laterDay } from '../../domain/time/instant.ts'
import { dayIn, instantAt } from '../../domain/time/zoned-time.ts'
import { type CalendarFeed, listFeeds } from '../../store/people/calendar-feeds.ts'
import { tooLateToPost } from '../digests/digest-job.ts'
import { morningTime } from '../home/morning-job.ts'
import { timeZoneOf } from '../schedule/business-calendar.ts'
import { type Job, runDueSlots } from '../schedule/schedule.ts'
import { briefPerson, type FeedReader } from './brief-person.ts'
import { meetingMatcher } from './customers-met.ts'

/** What the schedules of the briefings are called, before their time zone. */
export const MEETINGS = 'meetings '

/** So many minutes before the morning's message. */
const BEFORE = 10

/** So many calendars are asked for at once: one that hangs keeps the others waiting for ten seconds at most. */
const AT_ONCE = 8

/** Briefs each person who gave a calendar once on a business morning, before the morning's own message. */
export async function briefMeetings(context: Context, reader: FeedReader, holder: string): Promise<void> {
  const { connection, clock, log } = context
  const { db } = connection
  const feeds = await listFeeds(db)
  const zones = new Map<string, CalendarFeed[]>()
  for (const feed of feeds) {
    const zone = await timeZoneOf(context, feed.person)
    zones.set(zone, [...(zones.get(zone) ?? []), feed])
  }
  for (const [zone, feeds] of zones) {
    await runDueSlots({ db, log, holder }, meetingsJob(context, zone, feeds, reader), clock())
  }
}

function meetingsJob(context: Context, timeZone: string, feeds: readonly CalendarFeed[], reader: FeedReader): Job {
  const { business_hours: hours } = context.settings.routes
  const minutes = Math.max(0, morningTime(context.settings) - BEFORE)
  return {
    name: `${MEETINGS}${timeZone}`,
    timing: {
      schedule: `${minutes % 60} ${Math.floor(minutes / 60)} * * ${hours.days.join(',')}`,
      time_zone: timeZone,
    },
    tooLate: (slot, now) => tooLateToPost(slot, now, timeZone),
    run: async slot => {
      if (hours.holidays.includes(dayIn(timeZone, slot))) return 'a holiday'
      const shared = { slot, timeZone, day: dayOf(timeZone, slot), reader, match: meetingMatcher(context, slot) }
      const waiting = [...feeds]
      const work = async () => {
        for (let feed = waiting.shift(); feed !== undefined; feed = waiting.shift()) {
          await briefPerson(context, { ...shared, feed }).catch(error =>
            context.log.error({ err: error }, 'somebody was not briefed'),
          )
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      context.wakeSender()
      return undefined
    },
  }
}

function dayOf(timeZone: string, slot: Instant): MeetingDay {
  const day = dayIn(timeZone, slot)
  const startOf = (day: string) => instantAt(timeZone, { day, time: 0 })
  return { day, from: startOf(day), to: startOf(laterDay(day, 1)) }
}
