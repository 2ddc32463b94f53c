import { z } from 'zod'
import { resolveAlertBy } from '../../store/alerts/alert-acts.ts'
import { alertDoneCard, alertStandsCard } from '../../views/alerts/alert-answer.ts'
import { resolveForm } from '../../views/alerts/alert-forms.ts'
import { changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { alertForm } from './alert-form.ts'

const ASK = 'Say in one sentence what the outcome was.'

/** Closes an alert, with the reason that stays in every copy of it. */
export const resolve = alertForm({
  id: 'resolve',
  act: 'alert.resolve',
  values: z.object({ reason: z.string(ASK).trim().min(3, ASK).max(1_000, 'Keep it within 1,000 characters.') }),
  endsWith: ['resolved'],
  fields: (_context, alert) => resolveForm(alert),
  async submit(context, { caller, state: { alert: id }, values: { reason }, now }) {
    const { alert, done, undo } = await changeAlert(context, caller, {
      act: 'alert.resolve',
      id,
      canBeUndone: true,
      write: db => resolveAlertBy(db, id, whoIs(caller), reason, now),
    })
    const card = done
      ? alertDoneCard('Resolved', `The alert for ${alert.account.name} is resolved.`, alert, undo)
      : alertStandsCard(alert, whoIs(caller), now)
    return { kind: 'card', card, isResult: true }
  },
})
