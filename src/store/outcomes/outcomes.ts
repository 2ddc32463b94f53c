import { OUTCOME_KINDS, type Outcome } from '../../domain/outcomes/outcome.ts'
import type { Day } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { inTransaction } from '../engine/transaction.ts'
import { addEvents, type NewEvent } from '../events/events.ts'
import { slices } from '../slices.ts'
import { type HeldRows, holdRow } from '../sources/held-rows.ts'
import type { Counts } from '../sources/signals.ts'
import type { Db, Tables } from '../tables.ts'

export type SaveOutcomesOptions = {
  /** An outcome that is known lowers the instant at which it was learned. */
  readonly isHistory?: boolean
  /** Where corrections wait until everything that was sent with them has been read. */
  readonly later?: HeldRows<Outcome> | undefined
}

/**
 * Adds outcomes, and corrects known ones: account, day and kind identify an outcome. All or none, as part of the
 * transaction of `db`, or in one of their own.
 */
export function saveOutcomes(
  db: Db,
  outcomes: readonly Outcome[],
  { isHistory = false, later }: SaveOutcomesOptions = {},
): Promise<Counts> {
  return inTransaction(db, async db => {
    const counts = { added: 0, changed: 0, unchanged: 0 }
    const stored = await storedRows(db, outcomes)
    const news: Outcome[] = []
    for (const outcome of outcomes) {
      const id = identityOf(outcome.account, outcome.on, outcome.kind)
      const before = stored.get(id)
      const row = rowOf(outcome)
      const isKnown = before !== undefined && isSame(before, row)
      const isLearnedEarlier = isKnown && isHistory && row.recorded_at < before.recorded_at
      if (before !== undefined && later !== undefined && (!isKnown || isLearnedEarlier || later.has(id))) {
        counts.unchanged += holdRow(later, id, outcome).unchanged
        continue
      }
      const result = before === undefined ? 'added' : isKnown && !isLearnedEarlier ? 'unchanged' : 'changed'
      counts[result] += 1
      if (result === 'unchanged') continue
      stored.set(id, row)
      const { account, on_day, kind, ...columns } = row
      await db
        .insertInto('outcomes')
        .values(row)
        .onConflict(conflict => conflict.columns(['account', 'on_day', 'kind']).doUpdateSet(columns))
        .execute()
      news.push(outcome)
    }
    await addEvents(db, news.map(eventOf))
    return counts
  })
}

function eventOf({ account, kind, on, arr, reasonCode, recordedAt: at }: Outcome): NewEvent {
  const more = { ...(arr !== undefined && { arr }), ...(reasonCode !== undefined && { reasonCode }) }
  return { kind: 'outcome', at, account, fact: { kind, on, ...more } }
}

/** Every outcome, or those of one account, in the order of their days. */
export async function listOutcomes(db: Db, account?: number): Promise<Outcome[]> {
  const all = db.selectFrom('outcomes').selectAll().orderBy('on_day').orderBy('account').orderBy('kind')
  const rows = await (account === undefined ? all : all.where('account', '=', account)).execute()
  return rows.flatMap(outcomeOf)
}

/** The outcomes of one account, for queries of every lookup. */
export async function outcomesOf(db: Db, account: number): Promise<Outcome[]> {
  return (await rowsOf(db, account)).flatMap(outcomeOf)
}

const rowsOf = compiledOnce((db, account: number) =>
  db.selectFrom('outcomes').selectAll().where('account', '=', account).orderBy('on_day').orderBy('kind'),
)

/** Removes the outcomes of an account and day; false if there were none. */
export async function removeOutcomes(db: Db, account: number, on: Day): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('outcomes')
    .where('account', '=', account)
    .where('on_day', '=', on)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

type Row = Tables['outcomes']

async function storedRows(db: Db, outcomes: readonly Outcome[]): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>()
  for (const part of slices([...new Set(outcomes.map(({ account }) => account))])) {
    for (const row of await db.selectFrom('outcomes').selectAll().where('account', 'in', part).execute()) {
      rows.set(identityOf(row.account, row.on_day, row.kind), row)
    }
  }
  return rows
}

function identityOf(account: number, on: Day, kind: string): string {
  return `${account} ${on} ${kind}`
}

/** Another source is not news. */
function isSame(a: Row, b: Row): boolean {
  return a.arr === b.arr && a.reason === b.reason && a.note === b.note
}

function rowOf({ account, on, kind, source, recordedAt, arr, reasonCode, note }: Outcome): Row {
  const said = { arr: arr ?? null, reason: reasonCode ?? null, note: note ?? null }
  return { account, on_day: on, kind, ...said, source, recorded_at: recordedAt }
}

/** A kind that this version does not know is left out. */
function outcomeOf({ account, on_day, kind, arr, reason, note, source, recorded_at }: Row): Outcome[] {
  const known = OUTCOME_KINDS.find(known => known === kind)
  if (known === undefined) return []
  return [
    {
      account,
      kind: known,
      on: on_day,
      source,
      recordedAt: recorded_at,
      ...(arr !== null && { arr }),
      ...(reason !== null && { reasonCode: reason }),
      ...(note !== null && { note }),
    },
  ]
}
