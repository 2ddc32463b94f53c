import type { Reply, Request } from '../chat.ts'
import type { Context } from '../context.ts'

/** What a command does with the words that follow it. */
export type Command = (context: Context, request: Request, rest: string) => Promise<Reply>
