import type { DigestStatus, Status, StatusChange } from '../../domain/digests/digest-account.ts'
import type { Role } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** An account's status, and the one that its channel heard of last. */
export type KeyedStatus = Pick<
  DigestStatus,
  'id' | 'verdict' | 'role' | 'shown' | 'change' | 'expansionReady' | 'baselines'
> & {
  readonly key: number
  /** Absent when the account had no status then. */
  readonly heard?: Status
}

type Look = {
  readonly at: Instant
  /** The newest change of a status that counts: those that come while a digest is built are for the next one. */
  readonly newest: number
  readonly roleOf: (verdict: string) => Role | undefined
}

/**
 * The customers of a digest at an instant, all or some: the number of now, and the verdict that was shown then; only
 * those that had one. `changes` are those that the channel has not heard of, later ones among them.
 */
export async function readStatuses(
  db: Db,
  accounts: readonly number[] | 'all',
  changes: ReadonlyMap<number, readonly StatusChange[]>,
  { at, newest, roleOf }: Look,
): Promise<KeyedStatus[]> {
  const rows = await readRows(db, accounts)
  const isLater = (change: StatusChange) => change.at > at || change.id > newest
  return rows.flatMap(row => {
    const unheard = changes.get(row.key) ?? []
    const present = { verdict: row.verdict, expansionReady: row.expansion_ready === 1 }
    const later = unheard.find(isLater)
    const known = later === undefined ? present : later.before
    if (known === undefined) return []
    const role = roleOf(known.verdict)
    const now = { verdict: known.verdict, expansionReady: known.expansionReady, ...(role !== undefined && { role }) }
    const [first] = unheard
    const heard = first === undefined ? now : first.before
    return [
      {
        ...{ key: row.key, id: row.id, ...now },
        ...(heard !== undefined && { heard }),
        ...(row.shown !== null && { shown: row.shown }),
        ...(row.change_30d !== null && { change: row.change_30d }),
        baselines: unheard.flatMap(change => (isLater(change) ? [] : baselineOf(change))),
      },
    ]
  })
}

async function readRows(db: Db, accounts: readonly number[] | 'all') {
  const all = db
    .selectFrom('current_status')
    .innerJoin('accounts', 'accounts.key', 'current_status.account')
    .select(['accounts.key', 'accounts.id', 'shown', 'verdict', 'expansion_ready', 'change_30d', 'is_retired'])
    .orderBy('current_status.account')
  const parts =
    accounts === 'all' ? [all] : slices(accounts).map(part => all.where('current_status.account', 'in', part))
  const rows = await Promise.all(parts.map(part => part.execute()))
  // As a condition in the query, this would make the database read all customers.
  return rows.flat().filter(({ is_retired }) => is_retired === 0)
}

/** With another model, an account begins again in silence, as with its first score. */
function baselineOf({ after, ...change }: StatusChange) {
  return after !== undefined && change.before?.model !== change.model ? [{ ...change, after }] : []
}

/** How many customers had a status at an instant. */
export async function countStatuses(db: Db, at: Instant): Promise<number> {
  const { count } = await db
    .selectFrom('current_status')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('is_retired', '=', 0)
    .executeTakeFirstOrThrow()
  return Number(count) - (await countLater(db, at))
}

/** The customers that had their first status later. */
async function countLater(db: Db, at: Instant): Promise<number> {
  const firsts = db
    .selectFrom('status_changes')
    .select('account')
    .where('at', '>', at)
    .where('from_verdict', 'is', null)
  const keys = new Set((await firsts.execute()).map(({ account }) => account))
  let count = 0
  for (const part of slices([...keys])) {
    const statuses = db.selectFrom('current_status').select('is_retired').where('account', 'in', part)
    for (const { is_retired } of await statuses.execute()) if (is_retired === 0) count += 1
  }
  return count
}
