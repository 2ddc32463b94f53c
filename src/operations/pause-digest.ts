import type { Context } from '../context.ts'
import { recordAudit } from '../store/audit.ts'
import { inTransaction } from '../store/database.ts'
import { readManagedDigests, saveManagedDigest } from '../store/managed-digests.ts'
import type { Caller } from './identify.ts'
import type { KnownDigest } from './known-digests.ts'

/** Stops a digest from going out, or lets it go out again; says what is the case now. */
export async function pauseDigest(
  { connection, clock }: Context,
  caller: Caller,
  { digest: { name }, isPaused: wasPaused }: KnownDigest,
  isPaused: boolean,
): Promise<string> {
  const stands = isPaused ? `${name} rests until it is resumed.` : `${name} goes out again.`
  if (wasPaused === isPaused) return isPaused ? `${name} is paused already.` : `${name} is not paused.`
  const who = caller.email ?? caller.name
  await inTransaction(connection.db, async db => {
    const definition = readManagedDigests(connection).find(entry => entry.name === name)?.definition ?? null
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
