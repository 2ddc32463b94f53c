import type { Instant } from '../../domain/time/instant.ts'
import { recordSlot, saveSlotsSeen, slotsSeenUntil } from '../../store/schedule/schedules.ts'
import type { Db } from '../../store/tables.ts'
import { nextSlot, slotsBetween, type Timing } from './slots.ts'

/** Records the slots of a schedule that came since the last tick as skipped: none of them runs later. */
export async function skipSlots(db: Db, name: string, timing: Timing, reason: string, now: Instant): Promise<void> {
  const written = JSON.stringify(timing)
  const due = await slotsSeenUntil(db, name, written)
  if (due === undefined || due > now) return
  for (const slot of slotsBetween(timing, due - 1, now)) {
    await recordSlot(db, name, slot, { state: 'skipped', reason }, now)
  }
  await saveSlotsSeen(db, name, written, nextSlot(timing, now) ?? Number.MAX_SAFE_INTEGER)
}
