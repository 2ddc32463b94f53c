import { type Activity, channelOf, deliveryOf, isPersonal, userOf } from '../connector/activity.ts'
import { type Answer, write } from './answer.ts'
import type { Desk } from './desk.ts'

/** The bot was added to a place, or removed. Its address was recorded before this. */
export function onInstall(desk: Desk, activity: Activity, greeted: Greeted): Answer {
  const conversation = activity.conversation.id
  if (activity.type === 'installationUpdate' && activity.action?.startsWith('remove')) {
    desk.log.warn({ conversation }, 'teams took the app away')
    return { status: 200 }
  }
  const isInstalled = activity.type === 'installationUpdate' && activity.action === 'add'
  const hasCome = activity.membersAdded?.some(({ id }) => id === activity.recipient.id) ?? false
  if (!isInstalled && !hasCome) return { status: 200 }
  return { status: 200, afterwards: () => greeted.once(conversation, () => greet(desk, activity, isInstalled)) }
}

/** Resolves to whether there was something to say. */
async function greet(desk: Desk, activity: Activity, isInstalled: boolean): Promise<boolean> {
  const reply = await desk.door.welcome({
    actor: { platform: 'teams', userId: userOf(activity) },
    channel: channelOf(activity.conversation.id),
    isPrivate: isPersonal(activity),
    isInstalled,
    deliveryId: deliveryOf(activity),
  })
  if (reply.kind !== 'card') return false
  await write(desk, activity, { ...reply, audience: 'channel' })
  return true
}

/** Teams reports an installation twice, in two ways and in any order. */
export type Greeted = { once(conversation: string, greet: () => Promise<boolean>): Promise<unknown> }

const WHILE = 60_000

export function createGreeted(clock: () => number): Greeted {
  const last = new Map<string, { readonly at: number; readonly greeting: Promise<boolean> }>()
  return {
    once(conversation, greet) {
      for (const [place, { at }] of last) if (Math.abs(clock() - at) > WHILE) last.delete(place)
      const before = last.get(conversation)?.greeting ?? Promise.resolve(false)
      const greeting = before.then(isDone => isDone || greet())
      last.set(conversation, { at: clock(), greeting })
      return greeting
    },
  }
}
