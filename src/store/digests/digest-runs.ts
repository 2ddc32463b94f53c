import { type Destination, destinationName } from '../../domain/delivery/destination.ts'
import type { Announced } from '../../domain/digests/announced.ts'
import type { Snapshot } from '../../domain/digests/snapshot.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { giveUpReplies } from '../delivery/message-outcomes.ts'
import type { Db } from '../tables.ts'

/** What a digest announced, and as of when; digests of earlier versions kept every account. */
export type AnnouncedRun =
  | { readonly slot: Instant; readonly announced: Announced; readonly snapshot?: never }
  | { readonly slot: Instant; readonly announced?: never; readonly snapshot: Snapshot }

/**
 * What was last announced, by the newest digest of that name that was really sent there with none of its pieces given
 * up.
 */
export function lastAnnouncedOrNone(
  db: Db,
  digest: string,
  destination: Destination,
  before: Instant,
): Promise<AnnouncedRun | undefined> {
  return lastAnnouncedAt(db, digest, destinationName(destination), before)
}

/** The same, by the destination's name. */
export async function lastAnnouncedAt(
  db: Db,
  digest: string,
  destination: string,
  before: Instant,
): Promise<AnnouncedRun | undefined> {
  const row = await db
    .selectFrom('digest_runs')
    .innerJoin('outbox', 'outbox.id', 'digest_runs.message')
    .select(['digest_runs.slot', 'digest_runs.announced'])
    .where('digest_runs.digest', '=', digest)
    .where('digest_runs.destination', '=', destination)
    .where('digest_runs.slot', '<', before)
    .where('outbox.message', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as piece')
            .select('piece.id')
            .whereRef('piece.head', '=', 'outbox.id')
            .where('piece.subject', '=', 'digest')
            .where('piece.state', 'in', ['parked', 'dead']),
        ),
      ),
    )
    .orderBy('digest_runs.slot', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { slot } = row
  const announced = JSON.parse(row.announced) as Announced | Snapshot
  return 'verdicts' in announced ? { slot, snapshot: announced } : { slot, announced }
}

/** Whether a digest of a later slot, up to `now`, is on its way there or was sent. */
export async function wasAnnouncedAfter(
  db: Db,
  { digest, destination, slot }: { readonly digest: string; readonly destination: Destination; readonly slot: Instant },
  now: Instant,
): Promise<boolean> {
  const row = await db
    .selectFrom('digest_runs')
    .innerJoin('outbox', 'outbox.id', 'digest_runs.message')
    .select('digest_runs.id')
    .where('digest_runs.digest', '=', digest)
    .where('digest_runs.destination', '=', destinationName(destination))
    .where('digest_runs.slot', '>', slot)
    // A clock that ran ahead made digests of a time that has not come: they cover nothing.
    .where('digest_runs.slot', '<=', now)
    .where('outbox.state', 'not in', ['parked', 'dead'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Digests of slots after the next one were built by a clock that ran ahead. What they announced counts as announced
 * now, and their slots are free again.
 */
export async function voidRunsAfter(db: Db, digest: string, next: Instant, now: Instant): Promise<number> {
  const early = db.selectFrom('digest_runs').select('id').where('digest', '=', digest)
  const runs = await early.where('slot', '>', next).orderBy('slot', 'desc').execute()
  for (const [age, { id }] of runs.entries()) {
    await db
      .updateTable('digest_runs')
      .set({ slot: now - age })
      .where('id', '=', id)
      .execute()
  }
  return runs.length
}

/** Records what a digest announces; undefined when this slot was announced already. */
export async function addDigestRun(
  db: Db,
  run: {
    readonly digest: string
    readonly destination: Destination
    readonly slot: Instant
    readonly announced: Announced
  },
): Promise<number | undefined> {
  const row = await db
    .insertInto('digest_runs')
    .values({
      ...run,
      destination: destinationName(run.destination),
      message: null,
      announced: JSON.stringify(run.announced),
    })
    .onConflict(conflict => conflict.columns(['digest', 'destination', 'slot']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function setDigestMessage(db: Db, run: number, message: number): Promise<void> {
  await db.updateTable('digest_runs').set({ message }).where('id', '=', run).execute()
}

/**
 * Gives up messages of a digest that do not count as announced: the digest that comes now covers them, and they must
 * not be posted when the destination works again.
 */
export async function supersedeUnsent(db: Db, digest: string, destination: Destination): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'dead', fault: 'A newer digest covers it.' })
    .where('subject', '=', 'digest')
    .where(({ eb, or, and, exists, selectFrom }) => {
      const runs = selectFrom('digest_runs')
        .select('digest_runs.id')
        .where('digest_runs.digest', '=', digest)
        .where('digest_runs.destination', '=', destinationName(destination))
      const isHead = exists(runs.whereRef('digest_runs.message', '=', 'outbox.id'))
      const isPiece = exists(runs.whereRef('digest_runs.message', '=', 'outbox.head'))
      return or([
        and([isHead, eb('outbox.message', 'is', null), eb('outbox.state', 'in', ['pending', 'unknown', 'parked'])]),
        and([isPiece, eb('outbox.state', '=', 'parked')]),
      ])
    })
    .execute()
  await giveUpReplies(db)
}

/** The states of the messages of a digest's slot. */
export async function statesOfDigest(
  db: Db,
  { digest, slot }: { readonly digest: string; readonly slot: Instant },
): Promise<{ state: string; fault: string | null }[]> {
  const runs = db.selectFrom('digest_runs').select('id').where('digest', '=', digest).where('slot', '=', slot)
  const ids = (await runs.execute()).map(({ id }) => String(id))
  if (ids.length === 0) return []
  const messages = db.selectFrom('outbox').select(['state', 'fault']).where('subject', '=', 'digest')
  return messages.where('subject_id', 'in', ids).where('purpose', '=', 'news').orderBy('id').execute()
}

/** Makes the next digests recount their accounts: one of them changed, and its earlier state must not be known. */
export async function recountAccounts(db: Db): Promise<void> {
  for (const { id, announced } of await db.selectFrom('digest_runs').select(['id', 'announced']).execute()) {
    const { total, ...rest } = JSON.parse(announced) as Partial<Announced>
    if (total === undefined) continue
    await db
      .updateTable('digest_runs')
      .set({ announced: JSON.stringify(rest) })
      .where('id', '=', id)
      .execute()
  }
}
