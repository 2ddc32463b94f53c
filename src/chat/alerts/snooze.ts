import { z } from 'zod'
import { quoted } from '../../domain/quoted.ts'
import { worseThan } from '../../domain/scoring/settle.ts'
import { type Calendar, startOfWork } from '../../domain/time/business-time.ts'
import { DAY, type Instant, parseDay } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { type Snooze, snoozeAlert } from '../../store/alerts/alert-acts.ts'
import { alertDoneCard, alertStandsCard } from '../../views/alerts/alert-answer.ts'
import { snoozeForm } from '../../views/alerts/alert-forms.ts'
import { snoozeText } from '../../views/alerts/alert-words.ts'
import { changeAlert, findAlertFor, whoIs } from '../../work/alerts/change-alert.ts'
import { calendarOf, timeZoneOf } from '../../work/schedule/business-calendar.ts'
import { wrong } from '../form.ts'
import { alertForm } from './alert-form.ts'

const ASK = 'Choose when the snooze ends.'

/** Lets an alert rest until a day, or until its account gets worse; both, unless somebody says otherwise. */
export const snooze = alertForm({
  id: 'snooze',
  act: 'alert.snooze',
  values: z.object({
    wakes: z.enum(['either', 'day', 'worse'], ASK).default('either'),
    day: z.string('Write a day such as 2026-12-01.').trim().default(''),
  }),
  endsWith: ['resolved', 'snoozed'],
  fields: async (context, alert, { email }) =>
    snoozeForm(alert, context.settings.model, dayIn(await timeZoneOf(context, email), context.clock())),
  async submit(context, { caller, state: { alert: id }, values: { wakes, day }, now }) {
    const calendar = await calendarOf(context.connection.db, context.settings.routes, caller.email)
    const until = wakes === 'worse' ? undefined : untilDay(day, calendar)
    const refusal = wakes === 'worse' ? undefined : refusalOf(day, until?.at, now)
    if (refusal !== undefined) return wrong('day', refusal)
    const { shown } = await findAlertFor(context.connection.db, caller, id, now)
    if (wakes === 'worse' && shown === undefined) {
      return wrong('wakes', 'It has no score that could get worse. Choose a day.')
    }
    const rest: Snooze = {
      ...(until !== undefined && { until }),
      ...(wakes !== 'day' && shown !== undefined && { below: worseThan(shown, context.settings.model) }),
    }
    const { alert, done, undo } = await changeAlert(context, caller, {
      act: 'alert.snooze',
      id,
      canBeUndone: true,
      write: db => snoozeAlert(db, id, rest),
    })
    const card = done
      ? alertDoneCard('Snoozed', `${alert.account.name} is snoozed ${snoozeText(alert)}.`, alert, undo)
      : alertStandsCard(alert, whoIs(caller), now)
    return { kind: 'card', card, isResult: true }
  },
})

/** A day begins for somebody when they start to work on it. */
function untilDay(written: string, calendar: Calendar): Snooze['until'] {
  const day = parseDay(written)
  return day === undefined ? undefined : { day, at: startOfWork(day, calendar) }
}

const LONGEST = 366 * DAY

function refusalOf(day: string, until: Instant | undefined, now: Instant): string | undefined {
  if (until === undefined)
    return day === '' ? 'Write a day such as 2026-12-01.' : `${quoted(day)} is not a valid day. Write it as 2026-12-01.`
  if (until <= now) return `${day} is not in the future: choose a later day.`
  return until > now + LONGEST ? `${day} is more than a year away: choose an earlier day.` : undefined
}
