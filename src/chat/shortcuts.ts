import type { Context } from '../context.ts'
import type { Reply, Shortcut } from './port.ts'
import { openComment } from './sources/comment.ts'

/** One entry of a message's menu: what choosing it does. */
export type ShortcutHandler = {
  readonly name: string
  choose(context: Context, shortcut: Shortcut): Promise<Reply>
}

export const SHORTCUTS: readonly ShortcutHandler[] = [{ name: 'add_to_timeline', choose: openComment }]
