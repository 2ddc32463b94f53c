import type { AttributeValue } from '../../domain/accounts/account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { addCounts } from '../counts.ts'
import { inTransaction } from '../engine/transaction.ts'
import { slices } from '../slices.ts'
import { type HeldRows, holdRow } from '../sources/held-rows.ts'
import type { Counts } from '../sources/signals.ts'
import type { Db } from '../tables.ts'
import {
  type AccountRow,
  applyRow,
  asStored,
  type Change,
  holdsFrom,
  newValues,
  type Since,
  type Stored,
} from './account-change.ts'
import { type AttributeChange, recordAttributeChanges } from './attribute-changes.ts'
import { noteNameChange } from './name-changes.ts'

type NewValue = { readonly account: number; readonly attribute: string; readonly known_from: Instant }

/**
 * Writes what differs from what is known. An attribute's new value holds from `since`; its old one stays in its
 * history. New and changed accounts are due for scoring. Every 500 rows are one transaction, or part of the one that
 * `db` is. Changes to existing accounts wait in `later`, if given.
 */
export async function saveAccounts(
  db: Db,
  rows: readonly AccountRow[],
  since: Since,
  later?: HeldRows<AccountRow>,
): Promise<Counts> {
  const total = { added: 0, changed: 0, unchanged: 0 }
  for (const part of slices(rows)) {
    addCounts(total, await inTransaction(db, db => saveSome(db, part, { since, later })))
  }
  return total
}

/** How names are compared: "ACME  Inc" is "acme inc". */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

type SaveOptions = { readonly since: Since; readonly later: HeldRows<AccountRow> | undefined }

async function saveSome(db: Db, rows: readonly AccountRow[], { since, later }: SaveOptions): Promise<Counts> {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const stored = await readStored(db, [...new Set(rows.map(({ id }) => id))], since)
  const news: Change[] = []
  for (const [id, about] of groupedBy(rows, ({ id }) => id)) {
    const change = asStored(id, stored.get(id))
    const outcomes = about.map(row => applyRow(row, change, since))
    const isNew = change.stored === undefined
    // Rows whose end result equals the stored account change nothing, whatever they said in between.
    const isNews = isNew || change.stored?.name !== change.name || newValues(change).length > 0
    if (later !== undefined && !isNew && (isNews || later.has(id))) {
      const unchanged = about.map(row => holdRow(later, id, row, withLater).unchanged)
      counts.unchanged += unchanged.reduce<number>((sum, each) => sum + each, 0)
      continue
    }
    outcomes.forEach((differs, at) => {
      counts[isNew && at === 0 ? 'added' : isNews && differs ? 'changed' : 'unchanged'] += 1
    })
    if (isNews) news.push(change)
  }
  await write(db, news, since)
  return counts
}

function withLater(earlier: AccountRow, row: AccountRow): AccountRow {
  return { ...earlier, ...row, attributes: new Map([...earlier.attributes, ...row.attributes]) }
}

/** What holds now, or held at an earlier instant. */
async function readStored(db: Db, ids: readonly string[], since: Since): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map()
  const accounts = await db.selectFrom('accounts').select(['key', 'id', 'name']).where('id', 'in', ids).execute()
  if (accounts.length === 0) return new Map()
  const keys = accounts.map(({ key }) => key)
  const values = await db
    .selectFrom('account_attributes')
    .selectAll()
    .where('account', 'in', keys)
    .orderBy('known_from')
    .execute()
  const attributes = new Map(keys.map(key => [key, new Map<string, AttributeValue>()]))
  for (const { account, attribute, known_from, value } of values) {
    if (typeof since === 'object' && known_from > since.from) continue
    attributes.get(account)?.set(attribute, { value: value ?? undefined, from: known_from })
  }
  return new Map(
    accounts.map(({ key, id, name }) => [id, { key, name, attributes: attributes.get(key) ?? new Map() }] as const),
  )
}

async function write(db: Db, changes: readonly Change[], since: Since): Promise<void> {
  const keys = await writeNames(db, changes)
  const values = changes.flatMap(change =>
    newValues(change).map(([attribute, value]) => ({
      account: keys.get(change.id) ?? 0,
      attribute,
      known_from: holdsFrom(since, change.stored?.attributes.get(attribute)?.from),
      value: value ?? null,
    })),
  )
  await recordAttributeChanges(db, changesOf(changes, values))
  for (const part of slices(values, 2_000)) {
    await db
      .insertInto('account_attributes')
      .values(part)
      .onConflict(conflict =>
        conflict
          .columns(['account', 'attribute', 'known_from'])
          .doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
      )
      .execute()
  }
  for (const part of slices([...keys.values()])) {
    await db
      .insertInto('due_accounts')
      .values(part.map(account => ({ account, news: 1 })))
      .onConflict(conflict =>
        conflict.column('account').doUpdateSet(({ eb }) => ({ news: eb('due_accounts.news', '+', 1) })),
      )
      .execute()
  }
}

/** What was known about existing accounts: no digest has mentioned a new one yet. */
function changesOf(changes: readonly Change[], values: readonly NewValue[]): AttributeChange[] {
  const stored = new Map(changes.flatMap(({ stored }) => (stored === undefined ? [] : [[stored.key, stored] as const])))
  return values.flatMap(({ account, attribute, known_from }) => {
    const of = stored.get(account)
    const before = of?.attributes.get(attribute)
    if (of === undefined) return []
    const isReplaced = before?.from === known_from
    return [{ account, attribute, from: known_from, ...(isReplaced && { was: before }) }]
  })
}

async function writeNames(db: Db, changes: readonly Change[]): Promise<Map<string, number>> {
  const keys = new Map<string, number>()
  const added = changes
    .filter(({ stored }) => stored === undefined)
    .map(({ id, name }) => ({ id, name, folded_name: foldName(name) }))
  for (const part of slices(added)) {
    const rows = await db.insertInto('accounts').values(part).returning(['id', 'key']).execute()
    for (const { id, key } of rows) keys.set(id, key)
  }
  let isRenamed = false
  for (const { id, stored, name } of changes) {
    if (stored === undefined) continue
    keys.set(id, stored.key)
    if (name === stored.name) continue
    isRenamed = true
    await db
      .updateTable('accounts')
      .set({ name, folded_name: foldName(name) })
      .where('key', '=', stored.key)
      .execute()
  }
  if (isRenamed) await noteNameChange(db)
  return keys
}
