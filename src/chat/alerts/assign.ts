import * as z from 'zod'
import { assignAlert } from '../../store/alerts/alert-acts.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { alertDoneCard, alertStandsCard, joinedText } from '../../views/alerts/alert-answer.ts'
import { assignForm } from '../../views/alerts/alert-forms.ts'
import { directMessageOrNone } from '../../work/alerts/alert-destinations.ts'
import { changeAlert, whoIs } from '../../work/alerts/change-alert.ts'
import { heldTogether } from '../../work/alerts/join-alerts.ts'
import { cardFor } from '../../work/alerts/refresh-alert.ts'
import { wrong } from '../form.ts'
import { alertForm } from './alert-form.ts'
import { assignablePeople, chooseAssignee } from './assignee.ts'

const ASK = 'Choose who should have it.'

/** Assigns an alert to somebody, who gets a direct message about it. */
export const assign = alertForm({
  id: 'assign',
  act: 'alert.assign',
  values: z.object({ to: z.string(ASK).trim().min(1, ASK) }),
  endsWith: ['resolved'],
  fields: async (context, alert) => assignForm(alert, await assignablePeople(context)),
  async submit(context, { caller, state: { alert: id, held }, values: { to }, now }) {
    const chosen = await chooseAssignee(context, to)
    if ('refusal' in chosen) return wrong('to', chosen.refusal)
    const { person } = chosen
    const name = person.name ?? person.email
    const { alert, done, joined } = await changeAlert(context, caller, {
      act: 'alert.assign',
      id,
      write: async db => person.email !== held && (await assignAlert(db, id, { to: person.email, held }, now)),
      joins: { by: person.email, from: held },
      also: async (db, alert) => {
        const place = await directMessageOrNone(db, person.email)
        if (place === undefined || person.email === caller.email) return
        const alerts = await heldTogether(db, alert, now)
        const card = cardFor(context.settings, alerts, place, `${caller.name} assigned this to you.`)
        const key = { subject: { of: 'alert', id }, purpose: 'assigned', number: now } as const
        await addMessage(db, { ...key, to: place, card, alerts: alerts.map(({ id }) => id), at: now })
      },
    })
    const isTheirs = done || alert.claimedBy === person.email
    const card = isTheirs
      ? alertDoneCard('Assigned', `${name} has ${alert.account.name} now.${joinedText(joined)}`, alert)
      : alertStandsCard(alert, whoIs(caller), now)
    return { kind: 'card', card, isResult: true }
  },
})
