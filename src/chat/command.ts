import type { Context } from '../context.ts'
import type { Reply, Request } from './port.ts'

/** What a command does with the words that follow it. */
export type Command = (context: Context, request: Request, rest: string) => Promise<Reply>
