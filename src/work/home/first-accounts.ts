import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { readPage } from '../../store/portfolio/page.ts'
import type { Caller } from '../people/identify.ts'
import { fiveOf } from './five-of.ts'

const FIRST = 3

/** The accounts to begin with: the person's own with most at stake, otherwise any of theirs, otherwise the worst of the portfolio. */
export async function firstAccounts(
  context: Context,
  { email }: Caller,
  now: Instant,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const own = email === undefined ? undefined : await fiveOf(context, email, now)
  const found = [...(own?.chosen ?? []), ...(own?.book ?? [])]
  const distinct = found.filter(({ id }, at) => at === found.findIndex(other => other.id === id))
  const { db } = context.connection
  return distinct.length > 0 ? distinct.slice(0, FIRST) : (await readPage(db, now, { most: FIRST })).lines
}
