import type { Context } from '../context.ts'
import { recordAudit } from '../store/audit.ts'
import { inTransaction } from '../store/database.ts'
import { saveManagedDigest } from '../store/managed-digests.ts'
import type { Caller } from './identify.ts'
import { knownDigests } from './known-digests.ts'

/** Keeps a digest as chat defined it, audited with what it was before. A paused one stays paused. */
export async function saveDigest(
  { connection, clock, settings }: Context,
  caller: Caller,
  name: string,
  definition: string,
): Promise<void> {
  const before = knownDigests(connection, settings()).find(({ digest }) => digest.name === name)
  const who = caller.email ?? caller.name
  await inTransaction(connection.db, async db => {
    await saveManagedDigest(db, { name, definition, isPaused: before?.isPaused ?? false }, who, clock())
    await recordAudit(db, {
      at: clock(),
      who,
      act: before === undefined ? 'digest.create' : 'digest.edit',
      subject: `digest:${name}`,
      ...(before !== undefined && { was: JSON.stringify(before.digest) }),
      isNow: definition,
    })
  })
}
