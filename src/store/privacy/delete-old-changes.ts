import { DAY, type Instant } from '../../domain/time/instant.ts'
import { type AnnouncedRun, lastAnnouncedAt } from '../digests/digest-runs.ts'
import { readMeta, saveMeta } from '../meta.ts'
import type { Db } from '../tables.ts'

const BATCH = 1_000

/** Where the next page begins. */
const LOOKED_TO = 'old_changes_looked_to'

/** A digest that was not sent for so long prevents no deletion. */
const LONGEST_PAUSE = 366 * DAY

/**
 * Deletes changed statuses and attributes along with old scores, but not what a channel has yet to hear in a digest.
 * The newest change of an account to each verdict stays, since it has the verdict's role; so does the newest of a log.
 */
export async function deleteOldChanges(db: Db, before: Instant): Promise<number> {
  const heard = await leastHeard(db, before - LONGEST_PAUSE)
  const limit = Math.min(before, heard.slot)
  const attributes = db
    .selectFrom('attribute_changes')
    .select('id')
    .where('known_from', '<', limit)
    .where('id', '<=', heard.attributes)
    .where('id', '<', ({ selectFrom }) => selectFrom('attribute_changes').select(({ fn }) => fn.max('id').as('newest')))
    .limit(BATCH)
  const { numDeletedRows } = await db.deleteFrom('attribute_changes').where('id', 'in', attributes).executeTakeFirst()
  return Number(numDeletedRows) + (await deleteStatuses(db, limit, heard.statuses))
}

/**
 * Most of what stays will keep staying, so this goes through the log a page at a time, round and round, instead of
 * reading all of it each time.
 */
async function deleteStatuses(db: Db, limit: Instant, heard: number): Promise<number> {
  const from = Number((await readMeta(db, LOOKED_TO)) ?? 0)
  const page = await db
    .selectFrom('status_changes')
    .select(['id', 'at'])
    .where('id', '>', from)
    .where('id', '<=', heard)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  const last = page.at(-1)
  const isRound = last === undefined || page.length < BATCH || last.at >= limit
  const next = isRound ? 0 : last.id
  if (next !== from) await saveMeta(db, LOOKED_TO, String(next))
  if (last === undefined) return 0
  const { numDeletedRows } = await db
    .deleteFrom('status_changes')
    .where('id', '>', from)
    .where('id', '<=', last.id)
    .where('at', '<', limit)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('status_changes as later')
          .select('later.id')
          .whereRef('later.account', '=', 'status_changes.account')
          .whereRef('later.verdict', '=', 'status_changes.verdict')
          .whereRef('later.id', '>', 'status_changes.id'),
      ),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

type Heard = { readonly slot: Instant; readonly statuses: number; readonly attributes: number }

/** What every channel has heard of, among those that were sent a digest since an instant. */
async function leastHeard(db: Db, since: Instant): Promise<Heard> {
  const digests = await db.selectFrom('digest_runs').select(['digest', 'destination']).distinct().execute()
  let least: Heard = { slot: EVER, statuses: LAST_ID, attributes: LAST_ID }
  for (const { digest, destination } of digests) {
    const run = await lastAnnouncedAt(db, digest, destination, EVER)
    if (run === undefined || run.slot < since) continue
    const heard = heardBy(run)
    least = {
      slot: Math.min(least.slot, heard.slot),
      statuses: Math.min(least.statuses, heard.statuses),
      attributes: Math.min(least.attributes, heard.attributes),
    }
  }
  return least
}

const EVER: Instant = Number.MAX_SAFE_INTEGER

/** The largest that an id can be on any database. */
const LAST_ID = 2 ** 31 - 1

/** A digest of an earlier version does not say how far it went. */
function heardBy({ slot, announced }: AnnouncedRun): Heard {
  const { statuses, attributes } = announced?.known ?? { statuses: 0, attributes: 0 }
  return { slot, statuses, attributes }
}
