import type { Instant } from '../domain/instant.ts'
import type { Log } from '../log.ts'
import { nextSlot, slotsBetween, type Timing } from '../operations/slots.ts'
import { inTransaction } from '../store/database.ts'
import { isSlotRecorded, recordSlot, saveSlotsSeen, slotsSeenUntil } from '../store/schedules.ts'
import type { Db } from '../store/tables.ts'

/** A job on a schedule. It is told its slot, never the time at which it happens to run. */
export type Job = {
  readonly name: string
  readonly timing: Timing
  /** Why a slot that is looked at `now` should not run any more; undefined when it should. */
  readonly tooLate: (slot: Instant, now: Instant) => string | undefined
  /** Runs a slot. It may have been begun before and cut short, so running it again must add nothing. */
  readonly run: (slot: Instant, isLate: boolean) => Promise<void>
}

/** A slot looked at later than this was missed, not just waited for. */
export const PUNCTUAL = 5 * 60_000

/**
 * Runs what is due: of the slots that came since the last look the newest, the older ones are recorded as skipped.
 * The database is the memory, so that neither a restart nor a sleep loses a slot or runs one twice.
 */
export async function runDueSlots(db: Db, log: Log, { name, timing, tooLate, run }: Job, now: Instant): Promise<void> {
  const written = JSON.stringify(timing)
  const due = await slotsSeenUntil(db, name, written)
  const next = nextSlot(timing, now) ?? Number.MAX_SAFE_INTEGER
  if (due === undefined) return saveSlotsSeen(db, name, written, next)
  if (due > now) {
    // A clock that ran ahead and was set back must not silence the schedule until it is there again.
    if (next < due) await saveSlotsSeen(db, name, written, next)
    return
  }
  const slots = slotsBetween(timing, due - 1, now)
  const newest = slots.at(-1)
  const refusal = newest === undefined ? undefined : tooLate(newest, now)
  if (newest !== undefined && refusal === undefined && !(await isSlotRecorded(db, name, newest))) {
    await run(newest, now - newest > PUNCTUAL)
  }
  await inTransaction(db, async db => {
    for (const slot of slots.slice(0, -1))
      await recordSlot(db, name, slot, { state: 'skipped', reason: 'a newer one covers it' }, now)
    if (newest !== undefined) {
      await recordSlot(
        db,
        name,
        newest,
        refusal === undefined ? { state: 'done' } : { state: 'skipped', reason: refusal },
        now,
      )
    }
    await saveSlotsSeen(db, name, written, next)
  })
  log.info({ job: name, slot: newest, skipped: slots.length - 1, refusal }, 'slot looked at')
}
