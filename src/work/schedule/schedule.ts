import type { Instant } from '../../domain/time/instant.ts'
import type { Log } from '../../log.ts'
import { type Claim, underClaim } from '../../store/claims/claims.ts'
import { isSlotRecorded, recordSlot, saveSlotsSeen, slotsSeenUntil } from '../../store/schedule/schedules.ts'
import type { Db } from '../../store/tables.ts'
import { runAlone } from './run-alone.ts'
import { nextSlot, slotsBetween, type Timing } from './slots.ts'

/** A job on a schedule. It is told its slot, never the time at which it happens to run. */
export type Job = {
  readonly name: string
  readonly timing: Timing
  /** Why a slot should no longer run `now`; undefined if it should. */
  readonly tooLate: (slot: Instant, now: Instant) => string | undefined
  /**
   * Runs a slot, or returns why there was nothing to run. It may have been started before and cut short, so running it
   * again must add nothing.
   */
  readonly run: (slot: Instant, isLate: boolean, claim: Claim) => Promise<string | undefined>
}

/** Who runs schedules: `holder` names this process among all that may claim a job. */
export type Scheduler = { readonly db: Db; readonly log: Log; readonly holder: string }

/** A slot that runs later than this was missed, not merely delayed. */
const PUNCTUAL = 5 * 60_000

/** Milliseconds that a slot waits for another process with its job; after that it waits for the next tick. */
const TIMEOUT = 5_000

/**
 * Runs what is due: the newest of the slots that came since the last tick; older ones are recorded as skipped.
 * The database remembers them, so that neither a restart nor a sleep loses a slot or runs one twice; and the process that
 * runs one holds a claim on its job, so that no other runs it meanwhile.
 */
export async function runDueSlots({ db, log, holder }: Scheduler, job: Job, now: Instant): Promise<void> {
  const { name, timing } = job
  const written = JSON.stringify(timing)
  const due = await slotsSeenUntil(db, name, written)
  const next = nextSlot(timing, now) ?? Number.MAX_SAFE_INTEGER
  if (due === undefined) return saveSlotsSeen(db, name, written, next)
  if (due > now) {
    // A clock that ran ahead and was set back must not silence the schedule until it is there again.
    if (next < due) await saveSlotsSeen(db, name, written, next)
    return
  }
  const bid = { kind: 'job', name, holder } as const
  const looked = await runAlone(db, bid, TIMEOUT, claim => runNewest(db, job, claim, { due, now, next }))
  if (looked === undefined) log.info({ job: name }, 'another process is at this job, the slot waits')
  else log.info({ job: name, ...looked.result }, 'slot looked at')
}

type Look = { readonly due: Instant; readonly now: Instant; readonly next: Instant }

async function runNewest(db: Db, { name, timing, tooLate, run }: Job, claim: Claim, { due, now, next }: Look) {
  const slots = slotsBetween(timing, due - 1, now)
  const newest = slots.at(-1)
  const late = newest === undefined ? undefined : tooLate(newest, now)
  let refusal = late
  if (newest !== undefined && refusal === undefined && !(await isSlotRecorded(db, name, newest))) {
    refusal = await run(newest, now - newest > PUNCTUAL, claim)
  }
  await underClaim(db, claim, async db => {
    for (const slot of slots.slice(0, -1))
      await recordSlot(db, name, slot, { state: 'skipped', reason: late ?? 'a newer one covers it' }, now)
    if (newest !== undefined) {
      const outcome =
        refusal === undefined ? { state: 'done' as const } : { state: 'skipped' as const, reason: refusal }
      await recordSlot(db, name, newest, outcome, now)
    }
    await saveSlotsSeen(db, name, JSON.stringify(timing), next)
  })
  return { slot: newest, skipped: slots.length - 1, refusal }
}
