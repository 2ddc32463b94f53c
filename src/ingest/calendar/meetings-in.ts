import ical, { type CalendarComponent, type EventInstance, type VEvent } from 'node-ical'
import type { Meeting, MeetingDay } from '../../domain/meetings/meeting.ts'
import { DAY, type Day } from '../../domain/time/instant.ts'

/** The limits for a meeting's title and its guest list. */
const MOST_MEETINGS = 100
const MOST_GUESTS = 300
const LONGEST_TITLE = 200

/** The meetings of a day in a text in the form of iCalendar, without those that are canceled or that `own` declined. */
export function meetingsIn(text: string, day: MeetingDay, own: string): readonly Meeting[] {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw new Error('it is not a calendar in the iCalendar form (.ics)')
  const meetings = eventsIn(text)
    .flatMap(event => instancesOf(event, day))
    .filter(({ event }) => event.status !== 'CANCELLED' && !hasDeclined(event, own))
    .map(instance => meetingOf(instance, own))
  return meetings.toSorted((a, b) => a.start - b.start).slice(0, MOST_MEETINGS)
}

/** One broken event would keep all the others from being read, so it is left out. */
function eventsIn(text: string): readonly VEvent[] {
  const all = parsed(text) ?? parsed(text.replace(EVENT, event => (parsed(`${HEAD}${event}${FOOT}`) ? event : '')))
  if (all === undefined) throw new Error('it makes no sense as a calendar')
  return Object.values(all).filter(isEvent)
}

const EVENT = /^BEGIN:VEVENT\r?\n[\s\S]*?^END:VEVENT\r?\n/gm
const [HEAD, FOOT] = ['BEGIN:VCALENDAR\r\n', 'END:VCALENDAR\r\n']

function parsed(text: string): ReturnType<typeof ical.sync.parseICS> | undefined {
  try {
    return ical.sync.parseICS(text)
  } catch {
    return undefined
  }
}

function isEvent(component: CalendarComponent | object | undefined): component is VEvent {
  return component !== undefined && 'type' in component && component.type === 'VEVENT'
}

/** An unreadable event must not affect the others. */
function instancesOf(event: VEvent, { day, from, to }: MeetingDay): readonly EventInstance[] {
  try {
    const around = { from: new Date(from - DAY), to: new Date(to + DAY) }
    return ical
      .expandRecurringEvent(event, around)
      .filter(({ start, end, isFullDay }) =>
        isFullDay ? writtenDay(start) <= day && day < writtenDay(end) : start.getTime() >= from && start.getTime() < to,
      )
  } catch {
    return []
  }
}

/** The day of an event that has no time: the library keeps it as midnight of this machine. */
function writtenDay(date: Date): Day {
  const at = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return at.toISOString().slice(0, 10)
}

function meetingOf({ start, summary, isFullDay, event }: EventInstance, own: string): Meeting {
  const emails = [event.organizer, ...attendeesOf(event)].flatMap(guest => emailOf(guest) ?? [])
  return {
    title: textOf(summary).replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE),
    start: start.getTime(),
    isAllDay: isFullDay,
    guests: [...new Set(emails)].filter(email => email !== own).slice(0, MOST_GUESTS),
  }
}

function hasDeclined(event: VEvent, own: string): boolean {
  return attendeesOf(event).some(
    guest => emailOf(guest) === own && typeof guest === 'object' && guest.params?.PARTSTAT === 'DECLINED',
  )
}

type Guest = string | { readonly val?: unknown; readonly params?: Readonly<Record<string, unknown>> } | undefined

function attendeesOf({ attendee }: VEvent): readonly Guest[] {
  return [attendee ?? []].flat()
}

function emailOf(guest: Guest): string | undefined {
  const email = textOf(guest)
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase()
  return /^[^\s@]+@[^\s@]+$/.test(email) ? email : undefined
}

/** A value stands alone, or with its parameters. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'val' in value ? String(value.val) : ''
}
