import type { SubmissionReply } from '../../src/chat.ts'
import type { Card } from '../../src/views/card.ts'
import { PATIENCE, within } from '../within.ts'
import { type Answer, renderReply, type Stage, say, showCard, showForm, write } from './answer.ts'
import { type Activity, deliveryOf, userOf } from './connector/activity.ts'
import type { Desk } from './desk.ts'
import { originOf } from './on-press.ts'
import { type readForm, readValues } from './read-values.ts'

type Sent = NonNullable<ReturnType<typeof readForm>>

/** The answer itself carries the outcome: the form again with its errors, or what takes its place. */
export async function onSubmission(
  desk: Desk,
  activity: Activity,
  stage: Stage,
  { form, origin = originOf(activity) }: Sent,
  data: unknown,
): Promise<Answer> {
  const values = readValues(form, data)
  const outcome = desk.door.submit({
    actor: { platform: 'teams', userId: userOf(activity) },
    form: form.id,
    state: form.state,
    values,
    ...(origin === undefined ? {} : { origin }),
    deliveryId: deliveryOf(activity),
  })
  const reply = await within(PATIENCE, outcome)
  if (reply === undefined) {
    const late = async () =>
      write(desk, activity, { kind: 'card', card: cardOf(await outcome, form.title), audience: 'caller' })
    return { ...say(stage, 'Working on it …'), afterwards: late }
  }
  if (reply.kind === 'errors') {
    const where = origin === undefined ? {} : { origin }
    return showForm(desk, stage, form, { ...where, errors: reply.errors, values })
  }
  // in a dialog the form is gone from sight anyway, and the message itself is changed for everybody
  const shown = stage === 'card' ? (reply.changed ?? reply.card) : reply.card
  return showCard(stage, shown.title, renderReply(desk, shown))
}

/** Refusals that came too late to stand under their fields. */
function cardOf(reply: SubmissionReply, title: string): Card {
  if (reply.kind === 'card') return reply.card
  const sentences = Object.values(reply.errors)
  return {
    title,
    summary: sentences.join(' '),
    parts: [
      ...sentences.map(text => ({ kind: 'text', text }) as const),
      { kind: 'text', text: 'Please open the form again.', quiet: true },
    ],
  }
}
