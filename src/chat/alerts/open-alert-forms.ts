import type { Context } from '../../context.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Act } from '../../domain/people/permission.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { alertStandsCard } from '../../views/alerts/alert-answer.ts'
import { assignForm, resolveForm, snoozeForm } from '../../views/alerts/alert-forms.ts'
import type { Form } from '../../views/form.ts'
import { findAlertFor, whoIs } from '../../work/alerts/change-alert.ts'
import { allow } from '../../work/people/allow.ts'
import { type Caller, identify } from '../../work/people/identify.ts'
import { timeZoneOf } from '../../work/schedule/business-calendar.ts'
import type { ButtonHandler } from '../button-handler.ts'
import type { Press, Reply } from '../port.ts'
import { assignablePeople } from './assignee.ts'

/** Buttons whose value is an alert's id, and that ask for more before they act. */

export const assignButton: ButtonHandler = {
  action: 'assign',
  press: (context, press) =>
    opened(context, press, 'alert.assign', async (alert, state) =>
      assignForm(alert, await assignablePeople(context), state),
    ),
}

export const snoozeButton: ButtonHandler = {
  action: 'snooze',
  press: (context, press) =>
    opened(context, press, 'alert.snooze', async (alert, state, caller) =>
      snoozeForm(alert, context.settings.model, dayIn(await timeZoneOf(context, caller.email), context.clock()), state),
    ),
}

export const resolveButton: ButtonHandler = {
  action: 'resolve',
  press: (context, press) => opened(context, press, 'alert.resolve', async (alert, state) => resolveForm(alert, state)),
}

/** The form, for those who may; what is resolved, or sleeps already, answers with its state instead. */
async function opened(
  context: Context,
  { actor, value: id }: Press,
  act: Act,
  form: (alert: AlertDetails, state: string, caller: Caller) => Promise<Form>,
): Promise<Reply> {
  const caller = await identify(context, actor)
  const now = context.clock()
  const alert = await findAlertFor(context.connection.db, caller, id, now)
  await allow(context, caller, act, id, alert.account.id)
  if (alert.state === 'resolved' || (act === 'alert.snooze' && alert.state === 'snoozed')) {
    return { kind: 'card', card: alertStandsCard(alert, whoIs(caller), now), audience: 'caller' }
  }
  const state = JSON.stringify({ alert: id, held: alert.claimedBy })
  return { kind: 'form', form: await form(alert, state, caller) }
}
