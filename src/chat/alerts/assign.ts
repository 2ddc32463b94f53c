import { z } from 'zod'
import { assignAlert } from '../../store/alerts/alert-acts.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { alertDoneCard, alertStandsCard, joinedText } from '../../views/alerts/alert-answer.ts'
import { directMessageOrNone } from '../../work/alerts/alert-destinations.ts'
import { changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { cardFor } from '../../work/alerts/refresh-alert.ts'
import { identify } from '../../work/people/identify.ts'
import type { FormHandler } from '../form-handler.ts'
import { alertOfForm } from './alert-form.ts'
import { chooseAssignee } from './assignee.ts'

const values = z.object({ to: z.string().trim().min(1) })

/** Gives an alert to somebody, who hears of it in a direct message. */
export const assign: FormHandler = {
  id: 'assign',
  async submit(context, submission) {
    const caller = await identify(context, submission.actor)
    const { alert: id, held } = alertOfForm(submission.state)
    const parsed = values.safeParse(submission.values)
    if (!parsed.success) return { kind: 'errors', errors: { to: 'Choose who should have it.' } }
    const chosen = await chooseAssignee(context, parsed.data.to)
    if ('refusal' in chosen) return { kind: 'errors', errors: { to: chosen.refusal } }
    const { person } = chosen
    const now = context.clock()
    const name = person.name ?? person.email
    const { alert, done, joined } = await changeAlert(context, caller, {
      act: 'alert.assign',
      id,
      write: async db => person.email !== held && (await assignAlert(db, id, { to: person.email, held }, now)),
      joins: { by: person.email, from: held },
      also: async (db, alert) => {
        const place = await directMessageOrNone(db, person.email)
        if (place === undefined || person.email === caller.email) return
        const card = cardFor(context.settings, alert, place, `${caller.name} assigned this to you.`)
        await addMessage(db, {
          subject: { of: 'alert', id },
          purpose: 'assigned',
          number: now,
          to: place,
          card,
          alerts: [id],
          at: now,
        })
      },
    })
    const isTheirs = done || alert.claimedBy === person.email
    const card = isTheirs
      ? alertDoneCard('Assigned', `${name} has ${alert.account.name} now.${joinedText(joined)}`, alert)
      : alertStandsCard(alert, whoIs(caller), now)
    return { kind: 'card', card }
  },
}
