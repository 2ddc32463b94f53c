import type { AlertFeedback } from '../../domain/alerts/feedback.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import { type AlertUpdate, changeAlerts, changeOneAlert } from './alert-changes.ts'

export const AWAKE = { wakes_at: null, wakes_on: null, wakes_below: null } as const

/** Each act is one conditional write: of any number of conflicting acts at the same time, one gets true. */

/** Claims an alert; also a snoozed one, unless it is somebody else's. */
export function claimAlert(db: Db, id: string, by: string, at: Instant): Promise<boolean> {
  return changeOneAlert(db, at, alerts =>
    alerts
      .set({ state: 'claimed', claimed_by: by, claimed_at: at, ...AWAKE })
      .where('id', '=', id)
      .where(({ eb, or, and }) =>
        or([
          eb('state', '=', 'open'),
          and([eb('state', '=', 'snoozed'), or([eb('claimed_by', 'is', null), eb('claimed_by', '=', by)])]),
        ]),
      ),
  )
}

/** Assigns an alert, as long as its holder is still the one that the caller saw: `held`, or nobody. */
export function assignAlert(
  db: Db,
  id: string,
  { to, held }: { readonly to: string; readonly held: string | undefined },
  at: Instant,
): Promise<boolean> {
  return changeOneAlert(db, at, alerts =>
    alerts
      .set({ state: 'claimed', claimed_by: to, claimed_at: at, ...AWAKE })
      .where('id', '=', id)
      .where('state', '!=', 'resolved')
      .where(({ eb }) => (held === undefined ? eb('claimed_by', 'is', null) : eb('claimed_by', '=', held))),
  )
}

/** `day` is that of `until` for the person who snoozes. */
export type Snooze = { readonly until?: { readonly at: Instant; readonly day: Day }; readonly below?: number }

/** Snoozes an alert; one that is snoozed already gets the new end. */
export function snoozeAlert(db: Db, id: string, { until, below }: Snooze, at: Instant): Promise<boolean> {
  const rest = { wakes_at: until?.at ?? null, wakes_on: until?.day ?? null, wakes_below: below ?? null }
  return changeOneAlert(db, at, alerts =>
    alerts
      .set({ state: 'snoozed', ...rest })
      .where('id', '=', id)
      .where('state', '!=', 'resolved'),
  )
}

/** Wakes an alert for a person: it goes back to its holder, or is open again. */
export function wakeAlert(db: Db, id: string, at: Instant): Promise<boolean> {
  return changeOneAlert(db, at, alerts => awakened(alerts, null).where('id', '=', id))
}

export function resolveAlertBy(db: Db, id: string, by: string, reason: string, at: Instant): Promise<boolean> {
  const end = { resolved_at: at, resolved_by: by, resolution: reason, pending_news: null }
  return changeOneAlert(db, at, alerts =>
    alerts
      .set({ state: 'resolved', ...end, ...AWAKE })
      .where('id', '=', id)
      .where('state', '!=', 'resolved'),
  )
}

/** Saves a person's verdict, which can be changed. False if it is the same as before. */
export async function rateAlert(
  db: Db,
  alert: string,
  { person, verdict }: { readonly person: string; readonly verdict: AlertFeedback },
  at: Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('alert_feedback')
    .values({ alert, person, verdict, at })
    .onConflict(conflict =>
      conflict.columns(['alert', 'person']).doUpdateSet({ verdict, at }).where('alert_feedback.verdict', '!=', verdict),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Wakes alerts whose snooze is over; that is still to be announced. */
export async function wakeDueAlerts(db: Db, now: Instant): Promise<void> {
  await changeAlerts(db, now, alerts => awakened(alerts, 'woke').where('wakes_at', '<=', now))
}

export async function feedbackOfOrNone(db: Db, alert: string, person: string): Promise<AlertFeedback | undefined> {
  const row = await db
    .selectFrom('alert_feedback')
    .select('verdict')
    .where('alert', '=', alert)
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.verdict as AlertFeedback | undefined
}

/** The accounts with an alert that is snoozed until their score falls. */
export async function accountsAwaitingWorse(db: Db): Promise<Set<number>> {
  const rows = await db.selectFrom('alerts').select('account').where('wakes_below', 'is not', null).execute()
  return new Set(rows.map(({ account }) => account))
}

/** Wakes alerts that were snoozed until the account's score fell below a value, if it has. */
export async function wakeWorseAlerts(db: Db, account: number, shown: number, at: Instant): Promise<void> {
  await changeAlerts(db, at, alerts =>
    awakened(alerts, 'woke').where('account', '=', account).where('wakes_below', '>', shown),
  )
}

/** A claimed alert goes back to its holder, any other is open again. `news` is what is still to be announced. */
function awakened(alerts: AlertUpdate, news: 'woke' | null) {
  return alerts
    .set(({ eb }) => ({
      state: eb.case().when('claimed_by', 'is', null).then('open').else('claimed').end(),
      pending_news: news,
      ...AWAKE,
    }))
    .where('state', '=', 'snoozed')
}
