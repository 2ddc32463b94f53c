import type { Reply, Shortcut } from '../chat.ts'
import type { Context } from '../context.ts'
import { openComment } from '../forms/comment.ts'

/** One entry of a message's menu: what choosing it does. */
export type ShortcutHandler = {
  readonly name: string
  choose(context: Context, shortcut: Shortcut): Promise<Reply>
}

export const SHORTCUTS: readonly ShortcutHandler[] = [{ name: 'add_to_timeline', choose: openComment }]
