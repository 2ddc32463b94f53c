import type { AttributeValue } from '../../domain/accounts/account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { settledUpTo } from '../engine/settled.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** A value that was written as of an instant, and the one that held at that very instant before, if any. */
export type AttributeChange = {
  readonly account: number
  readonly attribute: string
  readonly from: Instant
  readonly was?: AttributeValue
}

export async function recordAttributeChanges(db: Db, changes: readonly AttributeChange[]): Promise<void> {
  for (const part of slices(changes, 2_000)) {
    const rows = part.map(({ account, attribute, from, was }) => ({
      ...{ account, attribute, known_from: from },
      ...{ was_known: was === undefined ? 0 : 1, was: was?.value ?? null },
    }))
    await db.insertInto('attribute_changes').values(rows).execute()
  }
}

/** The change up to which everything is known. */
export function newestAttributeChange(db: Db): Promise<number> {
  return settledUpTo(db, 'attribute_changes')
}

/** The changes after one, by the account's key, the newest first. */
export async function readAttributeChanges(db: Db, after: number): Promise<Map<number, AttributeChange[]>> {
  const rows = await db
    .selectFrom('attribute_changes')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id', 'desc')
    .execute()
  const changes = rows.map(({ account, attribute, known_from: from, was_known, was }) => ({
    ...{ account, attribute, from },
    ...(was_known === 1 && { was: { from, value: was ?? undefined } }),
  }))
  return groupedBy(changes, ({ account }) => account)
}

/** The accounts with a value that holds from later than an instant. */
export async function changedLater(db: Db, after: Instant): Promise<number[]> {
  const rows = db.selectFrom('attribute_changes').select('account').where('known_from', '>', after)
  return (await rows.distinct().execute()).map(({ account }) => account)
}

/** What was known about an account before these changes, the newest first. */
export function attributesBefore(
  values: ReadonlyMap<string, readonly AttributeValue[]>,
  changes: readonly AttributeChange[],
): ReadonlyMap<string, readonly AttributeValue[]> {
  if (changes.length === 0) return values
  const before = new Map(values)
  for (const { attribute, from, was } of changes) {
    const others = (before.get(attribute) ?? []).filter(value => value.from !== from)
    const all = was === undefined ? others : [...others, was]
    before.set(
      attribute,
      all.toSorted((a, b) => a.from - b.from),
    )
  }
  return before
}
