import { foldEmail } from '../../domain/people/person.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

/**
 * The names of people who own an account, hold an open alert of it, or rated it, by e-mail: undefined if nobody has
 * that e-mail, and the e-mail if no name is known.
 */
export async function namesAround(db: Db, account: number): Promise<ReadonlyMap<string, string | undefined>> {
  const rows = await peopleAround(db, account)
  const names = new Map<string, string | undefined>()
  for (const { email, known, name } of rows) {
    // It may be somebody's in another spelling.
    if (email !== null && (known !== null || email === foldEmail(email))) names.set(email, name ?? known ?? undefined)
  }
  return names
}

const peopleAround = compiledOnce((db, account: number) => {
  const owners = db
    .selectFrom('account_attributes')
    .select('value as email')
    .where('account', '=', account)
    .where('attribute', '=', 'owner')
  const holders = db
    .selectFrom('alerts')
    .select('claimed_by as email')
    .where('account', '=', account)
    .where('resolved_at', 'is', null)
  const raters = db.selectFrom('pulses').select('person as email').where('account', '=', account)
  return db
    .selectFrom(owners.union(holders).union(raters).as('around'))
    .leftJoin('people', 'people.email', 'around.email')
    .select(['around.email', 'people.email as known', 'people.name'])
    .where('around.email', 'is not', null)
})
