import { type Selectable, sql } from 'kysely'
import type { Status, StatusChange } from '../../../domain/digests/digest-account.ts'
import { groupedBy } from '../../../domain/grouped.ts'
import type { Role } from '../../../domain/model/model.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { isAmong } from '../../engine/account-keys.ts'
import { settledUpTo } from '../../engine/settled.ts'
import { rowWriter } from '../../row-writer.ts'
import { slices } from '../../slices.ts'
import type { Db, Tables } from '../../tables.ts'

type NewStatus = Pick<Tables['current_status'], 'account' | 'at' | 'verdict' | 'role' | 'expansion_ready' | 'model'>
type NewChange = Omit<Selectable<Tables['status_changes']>, 'id'>

/**
 * Records the status of accounts whose next one differs, comes from another model, or is their first: a digest must
 * know what has changed since its channel heard of them. `known` are the present ones, if they were read in this
 * transaction.
 */
export async function recordStatusChanges(
  db: Db,
  next: readonly NewStatus[],
  isFinal: boolean,
  known?: ReadonlyMap<number, NewStatus>,
): Promise<void> {
  const keys = next.map(({ account }) => account)
  const present = known ?? (await statusesOf(db, keys))
  const changes = next.flatMap(status => {
    const before = present.get(status.account)
    const isOlder = before !== undefined && !isFinal && status.at < before.at
    return isOlder || isSame(status, before) ? [] : [changeOf(before, status)]
  })
  await writeChanges(db, changes)
}

/** Records that an account has no status anymore, whatever the time of a digest that is being built. */
export async function recordEndOfStatus(db: Db, account: number): Promise<void> {
  const before = (await statusesOf(db, [account])).get(account)
  if (before === undefined || before.is_retired === 1) return
  await writeChanges(db, [{ ...changeOf(before, before), at: 0, is_end: 1 }])
}

/** The statuses of these accounts, by their key. */
export async function statusesOf(db: Db, accounts: readonly number[]) {
  const rows = await db
    .selectFrom('current_status')
    .select(['account', 'at', 'shown', 'verdict', 'role', 'expansion_ready', 'change_30d', 'model', 'is_retired'])
    .where(isAmong('account', accounts))
    .execute()
  return new Map(rows.map(row => [row.account, row]))
}

function isSame(next: NewStatus, before: NewStatus | undefined): boolean {
  return (['model', 'verdict', 'role', 'expansion_ready'] as const).every(key => next[key] === before?.[key])
}

function changeOf(before: NewStatus | undefined, next: NewStatus): NewChange {
  return {
    account: next.account,
    at: next.at,
    from_model: before?.model ?? null,
    from_verdict: before?.verdict ?? null,
    from_role: before?.role ?? null,
    from_ready: before?.expansion_ready ?? null,
    model: next.model,
    verdict: next.verdict,
    role: next.role,
    ready: next.expansion_ready,
    is_end: 0,
  }
}

const writeChanges = rowWriter('status_changes', insert => insert)

/** The change up to which everything is known, whenever it happened. */
export function newestStatusChange(db: Db): Promise<number> {
  return settledUpTo(db, 'status_changes')
}

/** The version of the model under which an account last changed before an instant. */
export async function modelOfStatusChanges(db: Db, at: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom('status_changes')
    .innerJoin('models', 'models.key', 'status_changes.model')
    .select('models.version')
    // With a sign in front, so that the newest is looked at first: by time, all earlier ones would be sorted.
    .where(sql`+status_changes.at`, '<=', at)
    .where('is_end', '=', 0)
    .orderBy('status_changes.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.version
}

/**
 * The changes after `after`, and earlier ones that happened later than `later`, by the account's key, in order. For an
 * account whose status had ended by `after`, nothing from before that end.
 */
export async function readStatusChanges(
  db: Db,
  { after, later }: { readonly after: number; readonly later: Instant },
): Promise<Map<number, StatusChange[]>> {
  const all = db.selectFrom('status_changes').selectAll()
  const [early, news] = await Promise.all([
    // With a sign in front, so that the few later ones are found by their time.
    all.where('at', '>', later).where(sql`+id`, '<=', after).orderBy(sql`+id`).execute(),
    all.where('id', '>', after).orderBy('id').execute(),
  ])
  const ends = await endsOf(db, [...new Set(early.map(({ account }) => account))], after)
  const present = early.filter(({ id, account }) => id > (ends.get(account) ?? 0))
  const ofAccounts = groupedBy([...present, ...news], ({ account }) => account)
  return new Map([...ofAccounts].map(([account, of]) => [account, of.map(statusChangeOf)]))
}

/** For each of these accounts, its last change up to `upTo` that ended its status. */
async function endsOf(db: Db, accounts: readonly number[], upTo: number): Promise<Map<number, number>> {
  const ends = new Map<number, number>()
  for (const part of slices(accounts)) {
    const rows = await db
      .selectFrom('status_changes')
      .select(({ fn }) => ['account', fn.max('id').as('id')])
      .where('account', 'in', part)
      .where('id', '<=', upTo)
      .where('is_end', '=', 1)
      .groupBy('account')
      .execute()
    for (const { account, id } of rows) ends.set(account, id)
  }
  return ends
}

function statusChangeOf(row: Selectable<Tables['status_changes']>): StatusChange {
  const { id, at, model, from_model, from_verdict } = row
  const isFirst = from_model === null || from_verdict === null
  return {
    ...{ id, at, model },
    ...(!isFirst && { before: { ...statusOf(from_verdict, row.from_role, row.from_ready), model: from_model } }),
    ...(row.is_end === 0 && { after: statusOf(row.verdict, row.role, row.ready) }),
  }
}

function statusOf(verdict: string, role: string | null, ready: number | null): Status {
  return { verdict, expansionReady: ready === 1, ...(role !== null && { role: role as Role }) }
}
