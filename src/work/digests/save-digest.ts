import type { Context } from '../../context.ts'
import { writtenDigest } from '../../model/digests.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { readManagedDigests, saveManagedDigest } from '../../store/digests/managed-digests.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Caller } from '../people/identify.ts'
import type { KnownDigest } from './known-digests.ts'

/**
 * Keeps a digest as chat defined it, audited with what it was before; a paused one stays paused. False when it is
 * that already, as when a form arrives twice.
 */
export async function saveDigest(
  { connection, clock }: Context,
  caller: Caller,
  before: KnownDigest | undefined,
  next: ReturnType<typeof writtenDigest>,
): Promise<boolean> {
  const { name } = next
  const definition = JSON.stringify(next)
  const stored = (await readManagedDigests(connection.db)).find(entry => entry.name === name)
  const was = before === undefined ? stored?.definition : JSON.stringify(writtenDigest(before.digest))
  if (was === definition) return false
  const who = caller.email ?? caller.name
  await inTransaction(connection.db, async db => {
    await saveManagedDigest(db, { name, definition, isPaused: stored?.isPaused ?? false }, who, clock())
    await recordAudit(db, {
      at: clock(),
      who,
      act: before === undefined ? 'digest.create' : 'digest.edit',
      subject: `digest:${name}`,
      ...(was !== undefined && { was }),
      isNow: definition,
    })
  })
  return true
}
