import { z } from 'zod'
import { resolveAlertBy } from '../../store/alerts/alert-acts.ts'
import { alertDoneCard, alertStandsCard } from '../../views/alerts/alert-answer.ts'
import { changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { identify } from '../../work/people/identify.ts'
import type { FormHandler } from '../form-handler.ts'
import { alertOfForm } from './alert-form.ts'

const ASK = 'Say in one sentence what the outcome was.'
const values = z.object({ reason: z.string(ASK).trim().min(3, ASK).max(1_000, 'Keep it within 1,000 characters.') })

/** Closes an alert, with the reason that stays in every copy of it. */
export const resolve: FormHandler = {
  id: 'resolve',
  async submit(context, submission) {
    const caller = await identify(context, submission.actor)
    const { alert: id } = alertOfForm(submission.state)
    const parsed = values.safeParse(submission.values)
    if (!parsed.success) return { kind: 'errors', errors: { reason: parsed.error.issues[0]?.message ?? ASK } }
    const now = context.clock()
    const { alert, done } = await changeAlert(context, caller, {
      act: 'alert.resolve',
      id,
      write: db => resolveAlertBy(db, id, whoIs(caller), parsed.data.reason, now),
    })
    const card = done
      ? alertDoneCard('Resolved', `The alert for ${alert.account.name} is resolved.`, alert)
      : alertStandsCard(alert, whoIs(caller), now)
    return { kind: 'card', card }
  },
}
