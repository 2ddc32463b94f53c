import { type Context, reading } from '../context.ts'
import type { Reply, Request } from './port.ts'

/** What a command does with the words that follow it. */
export type Command = (context: Context, request: Request, rest: string) => Promise<Reply>

/** A command that only reads may do so on a replica. */
export function readOnly(command: Command): Command {
  return (context, request, rest) => reading(context, there => command(there, request, rest))
}
