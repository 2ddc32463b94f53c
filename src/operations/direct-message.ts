import type { Context } from '../context.ts'
import type { Destination } from '../store/outbox.ts'

/** Where somebody is written to in person: on the first platform that is on. */
export function directMessageTo({ chats }: Pick<Context, 'chats'>, email: string): Destination {
  const [platform = 'slack'] = chats.keys()
  return { platform, to: `@${email}` }
}
