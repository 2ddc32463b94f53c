import type { Context } from '../../context.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { readManagedDigests, saveManagedDigest } from '../../store/digests/managed-digests.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Caller } from '../people/identify.ts'
import { skipSlots } from '../schedule/skip-slots.ts'
import { digestJobName } from './build-digest.ts'
import type { KnownDigest } from './known-digests.ts'

/** Why a paused digest skips its slots. */
export const PAUSED = 'paused'

/** Pauses a digest, or resumes it from its next slot on; returns the state that is in effect now. */
export async function pauseDigest(
  { connection, clock }: Context,
  caller: Caller,
  { digest, isPaused: wasPaused }: KnownDigest,
  isPaused: boolean,
): Promise<string> {
  const { name, schedule, time_zone } = digest
  const stands = isPaused
    ? `${name} is paused until it is resumed.`
    : `${name} goes out again, starting with its next scheduled time.`
  if (wasPaused === isPaused) return isPaused ? `${name} is already paused.` : `${name} is not paused.`
  const who = caller.email ?? caller.name
  await inTransaction(connection.db, async db => {
    const definition = (await readManagedDigests(db)).find(entry => entry.name === name)?.definition ?? null
    if (!isPaused) await skipSlots(db, digestJobName(name), { schedule, time_zone }, PAUSED, clock())
    await saveManagedDigest(db, { name, definition, isPaused }, who, clock())
    await recordAudit(db, {
      at: clock(),
      who,
      act: isPaused ? 'digest.pause' : 'digest.resume',
      subject: `digest:${name}`,
      was: wasPaused ? 'paused' : 'running',
      isNow: isPaused ? 'paused' : 'running',
    })
  })
  return stands
}
