import type { Context } from '../../context.ts'
import { foldEmail } from '../../domain/people/person.ts'
import { findPersonOrNone } from '../../store/people/people.ts'
import type { Caller } from './identify.ts'

/** Somebody who is written to, as what they may see is decided. */
export async function readerOf(
  { connection: { db }, settings }: Pick<Context, 'connection' | 'settings'>,
  email: string,
): Promise<Caller> {
  const folded = foldEmail(email)
  const person = await findPersonOrNone(db, folded)
  const isAdmin = settings.routes.admins.includes(folded)
  const role = isAdmin ? 'admin' : (person?.role ?? 'viewer')
  return { email: folded, name: person?.name ?? folded, role, isKnown: isAdmin || person !== undefined }
}
