import type { Reply, Request } from '../../../src/chat/port.ts'
import { type Activity, channelOf, deliveryOf, isPersonal, userOf } from '../connector/activity.ts'
import { type Answer, write, writeForm } from './answer.ts'
import { asTyped, isMentioned } from './as-typed.ts'
import type { Desk } from './desk.ts'

/** Words in a personal chat, or after the bot's name in a channel or a group; there the answer stands in the thread. */
export async function onWords(desk: Desk, activity: Activity): Promise<Answer> {
  // with a wider consent Teams hands over all that is said in a team
  if (!isPersonal(activity) && !isMentioned(activity)) return { status: 200 }
  // once it is recorded, Teams gets its acknowledgement; the answer is a message of its own
  const { reply, hasArrived } = ask(desk, activity)
  await Promise.race([hasArrived, reply])
  return { status: 200, afterwards: async () => show(desk, activity, await reply) }
}

function ask(desk: Desk, activity: Activity) {
  let arrived = () => {}
  const hasArrived = new Promise<void>(resolve => {
    arrived = resolve
  })
  const request: Request = {
    actor: { platform: 'teams', userId: userOf(activity) },
    text: asTyped(activity),
    channel: channelOf(activity.conversation.id),
    isPrivate: isPersonal(activity),
    // in a channel everybody would see the form
    canOpenForm: isPersonal(activity),
    deliveryId: deliveryOf(activity),
  }
  return { hasArrived, reply: desk.door.ask(request, async () => arrived()) }
}

async function show(desk: Desk, activity: Activity, reply: Reply): Promise<void> {
  if (reply.kind === 'card') await write(desk, activity, reply)
  if (reply.kind === 'form') await writeForm(desk, activity, reply.form)
}
