import { describe, expect, it } from 'vitest'
import { meetingsIn } from '../../src/ingest/calendar/meetings-in.ts'
import { readFeed } from '../../src/ingest/calendar/read-feed.ts'
import { calendarOf } from '../support/feed-server/index.ts'
import { at } from '../support/world.ts'

/** Monday 2 November 2026 in Berlin, which is an hour ahead of UTC. */
const DAY = { day: '2026-11-02', from: at('2026-11-01T23:00'), to: at('2026-11-02T23:00') }
const DANA = 'dana@ours.example'
const read = (...events: readonly (readonly string[])[]) => meetingsIn(calendarOf(...events), DAY, DANA)
const timed = (start: string, ...more: readonly string[]) => [
  `DTSTART;TZID=Europe/Berlin:${start}`,
  'DURATION:PT1H',
  'SUMMARY:Acme sync',
  ...more,
]
const startsOf = (...events: readonly (readonly string[])[]) =>
  read(...events).map(({ start }) => new Date(start).toISOString().slice(11, 16))

describe('the meetings of a day', () => {
  it('are those that begin on it, in its own zone, in their order', () => {
    expect(
      startsOf(timed('20261102T150000'), timed('20261102T000000'), timed('20261103T000000'), timed('20261101T235900'), [
        'DTSTART:20261102T090000Z',
        'DTEND:20261102T100000Z',
        'SUMMARY:In UTC',
      ]),
    ).toEqual(['23:00', '09:00', '14:00'])
  })

  it('repeat by the clock of their zone, but for days that are left out, moved or canceled', () => {
    const weekly = timed('20260105T100000', 'RRULE:FREQ=WEEKLY;BYDAY=MO')
    expect(startsOf(weekly)).toEqual(['09:00'])
    expect(startsOf([...weekly, 'EXDATE;TZID=Europe/Berlin:20261102T100000'])).toEqual([])
    expect(startsOf([...weekly, 'RRULE:FREQ=WEEKLY;UNTIL=20260601T000000Z'])).toEqual([])
    const moved = calendarOf(weekly, [
      'RECURRENCE-ID;TZID=Europe/Berlin:20261102T100000',
      ...timed('20261102T160000'),
    ]).replace('UID:1@', 'UID:0@')
    expect(meetingsIn(moved, DAY, DANA).map(({ start }) => start)).toEqual([at('2026-11-02T15:00')])
    expect(startsOf([...timed('20261102T100000'), 'STATUS:CANCELLED'])).toEqual([])
  })

  it('last all day where they have no time', () => {
    const onsite = ['DTSTART;VALUE=DATE:20261101', 'DTEND;VALUE=DATE:20261103', 'SUMMARY:Onsite']
    const tomorrow = ['DTSTART;VALUE=DATE:20261103', 'DTEND;VALUE=DATE:20261104', 'SUMMARY:Tomorrow']
    expect(read(onsite, tomorrow)).toMatchObject([{ title: 'Onsite', isAllDay: true }])
  })

  it('name who is invited and who invites, without their owner; what the owner declined is none', () => {
    const invited = timed(
      '20261102T100000',
      'ORGANIZER;CN=Ann:mailto:Ann@Acme.com',
      'ATTENDEE;CN="Weiß, Bob";PARTSTAT=ACCEPTED:mailto:bob@acme.com',
      'ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:dana@ours.example',
      'ATTENDEE:urn:uuid:1234',
    )
    expect(read(invited)[0]?.guests).toEqual(['ann@acme.com', 'bob@acme.com'])
    expect(read(timed('20261102T100000', 'ATTENDEE;PARTSTAT=DECLINED:mailto:dana@ours.example'))).toEqual([])
  })

  it('are there although another event makes no sense', () => {
    const never = timed('20261102T110000', 'RRULE:FREQ=NEVER')
    expect(startsOf(['SUMMARY:Never'], timed('99999999T999999'), never, timed('20261102T100000'))).toEqual(['09:00'])
  })

  it.each(['', '<html>Sign in</html>', 'BEGIN:VCARD', 'x'.repeat(100_000)])(
    'are in no text that is no calendar',
    text => {
      expect(() => meetingsIn(text, DAY, DANA)).toThrow('it is not a calendar')
    },
  )
})

describe('reading a calendar', () => {
  it('happens in a thread of its own, which says what is wrong', async () => {
    const text = calendarOf(timed('20261102T100000'))

    expect(await readFeed({ text, day: DAY, own: DANA })).toMatchObject([{ title: 'Acme sync' }])
    await expect(readFeed({ text: 'no', day: DAY, own: DANA })).rejects.toThrow('it is not a calendar')
  })

  it('ends with so many seconds, however a calendar repeats', async () => {
    const text = calendarOf(timed('19700101T000000', 'RRULE:FREQ=SECONDLY'))

    await expect(readFeed({ text, day: DAY, own: DANA }, 1)).rejects.toThrow('takes longer than 10 seconds')
  })
})
