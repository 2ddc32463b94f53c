import * as z from 'zod'
import { worseThan } from '../../domain/scoring/settle.ts'
import { type Calendar, startOfWork } from '../../domain/time/business-time.ts'
import { DAY, type Day, type Instant } from '../../domain/time/instant.ts'
import { typedDay } from '../../domain/time/typed-day.ts'
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

/** Snoozes an alert until a day, or until its account gets worse; both, unless somebody says otherwise. */
export const snooze = alertForm({
  id: 'snooze',
  act: 'alert.snooze',
  values: z.object({
    wakes: z.enum(['either', 'day', 'worse'], ASK).default('either'),
    day: z.string('Choose a day.').trim().default(''),
    typed: z.string('Write a day.').trim().default(''),
  }),
  endsWith: ['resolved'],
  fields: async (context, alert, { email }) =>
    snoozeForm(alert, context.settings.model, dayIn(await timeZoneOf(context, email), context.clock())),
  async submit(context, { caller, state: { alert: id, held }, values: { wakes, day: written, typed }, now }) {
    const calendar = await calendarOf(context.connection.db, context.settings.routes, caller.email)
    const meant = typedDay(typed === '' ? written : typed, now, calendar)
    if (wakes !== 'worse' && 'problem' in meant) return wrong(typed === '' ? 'day' : 'typed', meant.problem)
    const until = wakes === 'worse' || 'problem' in meant ? undefined : untilDay(meant.day, calendar)
    const refusal = until && refusalOf(until, now)
    if (refusal !== undefined) return wrong(typed === '' ? 'day' : 'typed', refusal)
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
      write: db => snoozeAlert(db, id, rest, now),
      others: { held, write: (db, id) => snoozeAlert(db, id, rest, now) },
    })
    const card = done
      ? alertDoneCard('Snoozed', `${alert.account.name} is snoozed ${snoozeText(alert)}.`, alert, undo)
      : alertStandsCard(alert, whoIs(caller), now)
    return { kind: 'card', card, isResult: true }
  },
})

/** A day begins when the person starts to work. */
function untilDay(day: Day, calendar: Calendar): NonNullable<Snooze['until']> {
  return { day, at: startOfWork(day, calendar) }
}

const LONGEST = 366 * DAY

function refusalOf({ day, at }: NonNullable<Snooze['until']>, now: Instant): string | undefined {
  if (at <= now) return `${day} is not in the future: choose a later day.`
  return at > now + LONGEST ? `${day} is more than a year away: choose an earlier day.` : undefined
}
