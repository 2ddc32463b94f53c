import { type Answer, writeAmongOthers, writeForm } from './answer.ts'
import { asTyped, isMentioned } from './as-typed.ts'
import { type Activity, channelOf, deliveryOf, isPersonal, userOf } from './connector/activity.ts'
import type { Desk } from './desk.ts'

/** Words in a personal chat, or after the bot's name in a channel or a group; there the answer stands in the thread. */
export function onWords(desk: Desk, activity: Activity): Answer {
  // with a wider consent Teams hands over all that is said in a team
  if (!isPersonal(activity) && !isMentioned(activity)) return { status: 200 }
  return { status: 200, afterwards: () => reply(desk, activity) }
}

async function reply(desk: Desk, activity: Activity): Promise<void> {
  const reply = await desk.door.ask({
    actor: { platform: 'teams', userId: userOf(activity) },
    text: asTyped(activity),
    channel: channelOf(activity.conversation.id),
    isPrivate: isPersonal(activity),
    // in a channel everybody would see the form
    canOpenForm: isPersonal(activity),
    deliveryId: deliveryOf(activity),
  })
  if (reply.kind === 'card') await writeAmongOthers(desk, activity, reply)
  if (reply.kind === 'form') await writeForm(desk, activity, reply.form)
}
