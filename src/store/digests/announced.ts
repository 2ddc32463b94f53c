import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { newestScores } from '../scoring/newest-scores.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** `model` is the version of the one that it was announced under. */
export type AnnouncedStatus = { readonly verdict: string; readonly expansionReady: boolean; readonly model: string }

/** What people were shown last about one account at an instant, however it came to be announced. */
export async function announcedStatusOf(db: Db, account: number, at: Instant): Promise<AnnouncedStatus | undefined> {
  const [row] = await statusOf(db, account)
  return row && announcedAt(db, row, at)
}

const statusOf = compiledOnce((db, account: number) => statuses(db).where('account', '=', account))

function statuses(db: Db) {
  return db
    .selectFrom('current_status')
    .innerJoin('models', 'models.key', 'current_status.model')
    .select(['account', 'at', 'verdict', 'expansion_ready', 'version'])
}

/** What people were shown last at an instant: by each account's status, else by its rows of history before it. */
export async function announcedStatusesAt(
  db: Db,
  at: Instant,
  accounts: readonly number[],
): Promise<Map<number, AnnouncedStatus>> {
  const announced = new Map<number, AnnouncedStatus>()
  for (const part of slices(accounts)) {
    for (const row of await statuses(db).where('account', 'in', part).execute()) {
      const known = await announcedAt(db, row, at)
      if (known !== undefined) announced.set(row.account, known)
    }
  }
  return announced
}

type Status = { account: number; at: Instant; verdict: string; expansion_ready: number; version: string }

/** From the status itself, or from the history if the status is newer than the instant. */
async function announcedAt(db: Db, status: Status, at: Instant): Promise<AnnouncedStatus | undefined> {
  return status.at <= at ? announcedBy(status) : announcedByHistory(db, status.account, at)
}

/** The newest settled day, or a later change between two scorings. */
async function announcedByHistory(db: Db, account: number, at: Instant): Promise<AnnouncedStatus | undefined> {
  const settled = db
    .selectFrom('scores')
    .innerJoin('models', 'models.key', 'scores.model')
    .select(['at', 'verdict', 'expansion_ready', 'version'])
    .where('account', '=', account)
    .where('at', '<=', at)
    .where('origin', '!=', 'number')
    .orderBy('day', 'desc')
  const [day] = await newestScores(db, { most: 1, until: at }, days => settled.where('day', 'in', days).execute())
  const change = await db
    .selectFrom('transitions')
    .select(['at', 'to_state'])
    .where('account', '=', account)
    .where('at', '<=', at)
    .where('kind', '!=', 'expansion_ready')
    .orderBy('at', 'desc')
    .orderBy('kind', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (day === undefined) return undefined
  return change === undefined || change.at < day.at
    ? announcedBy(day)
    : { ...announcedBy(day), verdict: change.to_state }
}

function announcedBy(row: { verdict: string; expansion_ready: number; version: string }): AnnouncedStatus {
  return { verdict: row.verdict, expansionReady: row.expansion_ready === 1, model: row.version }
}
