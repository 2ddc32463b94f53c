import type { Card } from '../../../src/views/card.ts'
import { outcomeCard } from '../../cards.ts'
import { ANSWER_WITHIN, within } from '../../within.ts'
import { type Activity, deliveryOf, isPersonal, userOf } from '../connector/activity.ts'
import { type Answer, renderReply, type Stage, say, showCard, showForm, write } from './answer.ts'
import type { Desk } from './desk.ts'
import { originOf } from './on-press.ts'
import { readValues, type SentForm } from './read-values.ts'
import { replaceMessage } from './replace-message.ts'

/** The answer itself carries the outcome: the form again with its errors, or what takes its place. */
export async function onSubmission(
  desk: Desk,
  activity: Activity,
  stage: Stage,
  { form, origin: openedFrom, isOffer, shows }: SentForm,
  data: unknown,
): Promise<Answer> {
  const values = readValues(form, data)
  const origin = openedFrom ?? originOf(activity)
  const outcome = desk.door.submit({
    actor: { platform: 'teams', userId: userOf(activity) },
    form: form.id,
    state: form.state,
    values,
    ...(origin === undefined ? {} : { origin }),
    ...(openedFrom !== undefined && { isFromOwnMessage: isPersonal(activity) }),
    ...(shows !== undefined && { shows }),
    deliveryId: deliveryOf(activity),
  })
  // what was opened from nowhere is a message of its own
  const message = stage === 'card' && openedFrom === undefined ? activity.replyToId || undefined : undefined
  const own = isOffer ? openedFrom?.id : message
  const reply = await within(ANSWER_WITHIN, outcome)
  if (reply === undefined) {
    const late = async () => showLate(desk, activity, outcomeCard(await outcome, form.title), own)
    return { ...say(stage, 'Working on it …'), afterwards: late }
  }
  if (reply.kind === 'errors') {
    const from = { ...(isOffer && { isOffer }), ...(shows !== undefined && { shows }) }
    const where = openedFrom === undefined ? {} : { origin: openedFrom, ...from }
    return showForm(desk, stage, form, { ...where, errors: reply.errors, values })
  }
  // in a dialog the form is gone from sight anyway, and the message itself is changed for everybody
  const shown = stage === 'card' ? (reply.changed ?? reply.card) : reply.card
  const answer = showCard(stage, shown.title, renderReply(desk, shown))
  const whole = reply.replaces ? openedFrom?.id : undefined
  const stale = own ?? whole
  return stale === undefined ? answer : { ...answer, afterwards: () => replaceMessage(desk, activity, stale, shown) }
}

async function showLate(desk: Desk, activity: Activity, card: Card, own: string | undefined): Promise<void> {
  if (own !== undefined) await replaceMessage(desk, activity, own, card).catch(() => {})
  await write(desk, activity, { kind: 'card', card, audience: 'caller' })
}
