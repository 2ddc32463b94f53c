import type { Selectable } from 'kysely'
import type { CurrentStatus } from '../../domain/alerts/alert.ts'
import type { Role } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import { rowWriter, takenOver } from '../row-writer.ts'
import type { Db, Tables } from '../tables.ts'
import { markDue } from './due-accounts.ts'
import { currentStatusOf } from './past-scores.ts'
import type { ScoredAccount } from './scores.ts'
import { recordStatusChanges } from './status-changes.ts'

/** A scoring with what is shown of it beside its numbers. */
export type ShownAccount = ScoredAccount & {
  readonly role: Role | undefined
  /** Of the shown score, over 30 days. */
  readonly change: number | undefined
  readonly reason: string
}

/** Makes these the numbers and verdicts that people see; unless `isFinal`, only where no newer ones stand. */
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
  await recordStatusChanges(db, rows, isFinal)
  await (isFinal ? writeStatuses : writeNewerStatuses)(db, rows)
}

type StatusRow = Omit<Selectable<Tables['current_status']>, 'is_retired'>

const NEWS = [
  ...['at', 'score', 'shown', 'verdict', 'role', 'has_sharp_drop', 'expansion_ready'],
  ...['coverage', 'change_30d', 'reason', 'model', 'rules_held'],
]

const writeStatuses = rowWriter((db, rows: readonly StatusRow[]) =>
  db
    .insertInto('current_status')
    .values(rows)
    .onConflict(conflict => conflict.column('account').doUpdateSet(takenOver(NEWS))),
)

const writeNewerStatuses = rowWriter((db, rows: readonly StatusRow[]) =>
  db
    .insertInto('current_status')
    .values(rows)
    .onConflict(conflict =>
      conflict.column('account').doUpdateSet(takenOver(NEWS)).whereRef('excluded.at', '>=', 'current_status.at'),
    ),
)

export type StoredStatus = { readonly at: Instant; readonly model: number; readonly announced: CurrentStatus }

/** What people were shown last of each of these accounts, under whatever model. */
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

/** The version of the model that scored last before an instant. */
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

/** Has those accounts scored once more whose status is newer than `at`. */
export async function markDueIfScoredAfter(db: Db, scored: readonly ScoredAccount[], at: Instant): Promise<void> {
  const accounts = scored.map(({ account }) => account)
  const statuses = db.selectFrom('current_status').select('account').where(isAmong('account', accounts))
  const newer = new Set((await statuses.where('at', '>', at).execute()).map(({ account }) => account))
  for (const account of accounts) if (newer.has(account)) await markDue(db, account)
}
