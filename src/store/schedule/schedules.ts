import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/**
 * When a schedule's last slot was looked at: the next slots are those after it. Undefined for a new, or changed,
 * schedule.
 */
export async function slotsSeenUntil(db: Db, name: string, timing: string): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('schedules')
    .select('next_due_at')
    .where('name', '=', name)
    .where('timing', '=', timing)
    .executeTakeFirst()
  return row?.next_due_at
}

export async function saveSlotsSeen(db: Db, name: string, timing: string, next_due_at: Instant): Promise<void> {
  await db
    .insertInto('schedules')
    .values({ name, timing, next_due_at })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ timing, next_due_at }))
    .execute()
}

export type SlotOutcome =
  | { readonly state: 'done'; readonly reason?: string }
  | { readonly state: 'skipped'; readonly reason: string }

/** Records what became of a slot; false when it had been recorded before. */
export async function recordSlot(
  db: Db,
  schedule: string,
  slot: Instant,
  { state, reason }: SlotOutcome,
  at: Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('slots')
    .values({ schedule, slot, state, reason: reason ?? null, at })
    .onConflict(conflict => conflict.columns(['schedule', 'slot']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function isSlotRecorded(db: Db, schedule: string, slot: Instant): Promise<boolean> {
  const row = await db
    .selectFrom('slots')
    .select('slot')
    .where('schedule', '=', schedule)
    .where('slot', '=', slot)
    .executeTakeFirst()
  return row !== undefined
}

/** When a slot was last looked at, by the clock at that time. */
export async function newestSlotLooked(db: Db): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('slots')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst()
  return row?.at ?? undefined
}
