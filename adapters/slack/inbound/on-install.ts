import { answer } from './answer.ts'
import type { Desk } from './desk.ts'

/** What we read of `app_home_opened`. */
export type Opened = { readonly user: string; readonly channel: string; readonly tab: string }

/** Somebody opened the chat with the bot: the first time they learn what it does, and what still needs to be set up. */
export async function onInstall({ client, door, log, actor }: Desk, opened: Opened, deliveryId: string): Promise<void> {
  if (opened.tab !== 'messages') return
  const { user, channel } = opened
  const reply = await door.welcome({
    actor: actor(user),
    channel,
    isPrivate: true,
    isInstalled: false,
    deliveryId,
  })
  await answer(reply, { client, log, user, channel })
}
