import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { shownAttributes } from '../portfolio/portfolio.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** An account with something open whose owner has changed since it was last looked at. */
export type OwnerChange = {
  readonly account: { readonly key: number; readonly id: string; readonly name: string }
  readonly owner?: string
}

/** The accounts with something open whose owner has changed; those seen for the first time are only recorded. */
export async function readOwnerChanges(db: Db, now: Instant): Promise<OwnerChange[]> {
  const open = await db
    .selectFrom('accounts')
    .leftJoin('watched_owners', 'watched_owners.account', 'accounts.key')
    .select(['key', 'id', 'name', 'watched_owners.account as watched', 'watched_owners.owner'])
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('key', 'in', selectFrom('alerts').select('alerts.account').where('state', '!=', 'resolved')),
        eb('key', 'in', selectFrom('tasks').select('tasks.account').where('state', 'in', ['open', 'acknowledged'])),
      ]),
    )
    .execute()
  const keys = open.map(({ key }) => key)
  const gone = db.deleteFrom('watched_owners')
  await (keys.length === 0 ? gone : gone.where('account', 'not in', keys)).execute()
  if (keys.length === 0) return []
  const about = await shownAttributes(db, now, keys)
  const unwatched: { account: number; owner: string | null }[] = []
  const changes: OwnerChange[] = []
  for (const { key, id, name, watched, owner: before } of open) {
    const { owner } = about(key)
    const isNow = owner === undefined ? undefined : foldEmail(owner)
    if (watched === null) unwatched.push({ account: key, owner: isNow ?? null })
    else if ((before ?? undefined) !== isNow)
      changes.push({ account: { key, id, name }, ...(isNow !== undefined && { owner: isNow }) })
  }
  for (const part of slices(unwatched)) await db.insertInto('watched_owners').values(part).execute()
  return changes
}

export async function watchOwner(db: Db, account: number, owner: string | undefined): Promise<void> {
  const row = { account, owner: owner ?? null }
  await db
    .insertInto('watched_owners')
    .values(row)
    .onConflict(conflict => conflict.column('account').doUpdateSet({ owner: row.owner }))
    .execute()
}
