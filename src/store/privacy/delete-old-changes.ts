import { DAY, type Instant } from '../../domain/time/instant.ts'
import { type AnnouncedRun, lastAnnouncedAt } from '../digests/digest-runs.ts'
import { readMeta, saveMeta } from '../meta.ts'
import type { Db } from '../tables.ts'

const BATCH = 1_000

/** Where the page begins that is next. */
const LOOKED_TO = 'old_changes_looked_to'

/** A digest that nobody was sent for so long keeps nothing from being deleted. */
const LONGEST_PAUSE = 366 * DAY

/**
 * The logs of changed statuses and attributes go with the scores, but for what a channel has not heard in a digest yet.
 * The newest change of an account to each verdict stays, since it says the verdict's role; and the newest of a log.
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

/** Most of what stays will stay: so the log is gone round, a page at a time, and not looked through each time. */
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

/** How far every channel has heard that was sent a digest since an instant. */
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

/** Of a digest of an earlier version it is not known how far it had heard. */
function heardBy({ slot, announced }: AnnouncedRun): Heard {
  const { statuses, attributes } = announced?.known ?? { statuses: 0, attributes: 0 }
  return { slot, statuses, attributes }
}
