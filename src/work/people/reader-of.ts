import type { Context } from '../../context.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import { type Caller, callerOf } from './identify.ts'

/** Somebody who is written to, as what they may see is decided. */
export async function readerOf(context: Pick<Context, 'connection' | 'settings'>, email: string): Promise<Caller> {
  const person = await findPersonOrNone(context.connection.db, email)
  return callerOf(context, email, person ?? {}, person !== undefined)
}
