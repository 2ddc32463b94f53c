import type { Selectable } from 'kysely'
import type { CurrentStatus } from '../../../domain/alerts/alert.ts'
import type { Role } from '../../../domain/model/model.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { type AccountKeys, isAmong } from '../../engine/account-keys.ts'
import { excludedColumns, rowWriter } from '../../row-writer.ts'
import type { Db, Tables } from '../../tables.ts'
import { markDue } from '../due-accounts.ts'
import { currentStatusOf } from '../past-scores.ts'
import type { ScoredAccount } from '../scores.ts'
import { recordStatusChanges, statusesOf } from './status-changes.ts'

/** A scoring, with what is shown of it besides its numbers. */
export type ShownAccount = ScoredAccount & {
  readonly role: Role | undefined
  /** Change of the shown score over 30 days. */
  readonly change: number | undefined
  readonly reason: string
}

/**
 * Makes these the numbers and verdicts that people see; unless `isFinal`, only where no newer ones are shown. An
 * account with newer ones was scored while a slot waited for its turn: it is marked to be scored again.
 */
export async function saveCurrentStatus(
  db: Db,
  scored: readonly ShownAccount[],
  model: number,
  isFinal = false,
): Promise<void> {
  const rows = scored.map(({ account, at, score, role, coverage, change, reason, status }) => ({
    account,
    at,
    score: score?.value ?? null,
    shown: score?.shown ?? null,
    verdict: status.verdict,
    role: role ?? null,
    has_sharp_drop: status.hasSharpDrop ? 1 : 0,
    expansion_ready: status.expansionReady ? 1 : 0,
    coverage,
    change_30d: change ?? null,
    reason,
    model,
    rules_held: status.rules?.join(',') ?? null,
  }))
  const before = await statusesOf(
    db,
    rows.map(({ account }) => account),
  )
  await recordStatusChanges(db, rows, isFinal, before)
  const write = isFinal ? WRITE : WRITE_NEWER
  const isUnmoved = (row: StatusRow) => RANKED.every(column => row[column] === before.get(row.account)?.[column])
  await write.whole(
    db,
    rows.filter(row => !isUnmoved(row)),
  )
  await write.unmoved(db, rows.filter(isUnmoved))
  if (!isFinal) return
  for (const { account, at } of rows) if ((before.get(account)?.at ?? at) > at) await markDue(db, account)
}

type StatusRow = Omit<Selectable<Tables['current_status']>, 'is_retired'>

/** The columns of the portfolio's indexes: a statement that sets one of them rewrites the indexes, changed or not. */
const RANKED = ['shown', 'verdict', 'change_30d'] as const
const NEWS = [
  ...['at', 'score', 'role', 'has_sharp_drop', 'expansion_ready'],
  ...['coverage', 'reason', 'model', 'rules_held'],
]

const writer = (columns: readonly string[]) =>
  rowWriter('current_status', insert =>
    insert.onConflict(conflict => conflict.column('account').doUpdateSet(excludedColumns(columns))),
  )

const newerWriter = (columns: readonly string[]) =>
  rowWriter('current_status', insert =>
    insert.onConflict(conflict =>
      conflict
        .column('account')
        .doUpdateSet(excludedColumns(columns))
        .whereRef('excluded.at', '>=', 'current_status.at'),
    ),
  )

const WRITE = { whole: writer([...NEWS, ...RANKED]), unmoved: writer(NEWS) }
const WRITE_NEWER = { whole: newerWriter([...NEWS, ...RANKED]), unmoved: newerWriter(NEWS) }

export type StoredStatus = { readonly at: Instant; readonly model: number; readonly announced: CurrentStatus }

/** What people were last shown of each of these accounts, under any model. */
export async function readCurrentStatus(db: Db, accounts: AccountKeys): Promise<Map<number, StoredStatus>> {
  const rows = await db
    .selectFrom('current_status')
    .select(['account', 'at', 'model', 'verdict', 'has_sharp_drop', 'expansion_ready', 'rules_held'])
    .where(isAmong('account', accounts))
    .execute()
  return new Map(rows.map(row => [row.account, { at: row.at, model: row.model, announced: currentStatusOf(row) }]))
}

/** When the newest score of any account was made. */
export async function newestScoringOrNone(db: Db): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('current_status')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** The version of the model that last scored before an instant. */
export async function modelOfCurrentStatus(db: Db, at: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom('current_status')
    .innerJoin('models', 'models.key', 'current_status.model')
    .select('models.version')
    .where('current_status.at', '<=', at)
    .orderBy('current_status.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.version
}
