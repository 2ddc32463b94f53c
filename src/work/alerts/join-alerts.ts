import type { Alert } from '../../domain/alerts/alert.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Settings } from '../../model/settings.ts'
import { assignAlert } from '../../store/alerts/alert-acts.ts'
import { findAlertDetails } from '../../store/alerts/alert-details.ts'
import { unresolvedAlerts } from '../../store/alerts/alerts.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import type { Db } from '../../store/tables.ts'
import { refreshAlert } from './refresh-alert.ts'

/**
 * Who holds one alert of an account holds the account: it is one thing to act on. What is between Rounds and the owner
 * alone neither makes somebody hold an account nor joins.
 */
export type HeldAlert = { readonly id: string; readonly by: string }

/** The alert of the same account that somebody holds, the oldest. */
export async function heldAlertOrNone(db: Db, { id, kind, account }: AlertDetails): Promise<HeldAlert | undefined> {
  if (isConfidential(kind)) return undefined
  for (const other of await unresolvedAlerts(db, account.key)) {
    const by = other.claimedBy
    if (other.id !== id && by !== undefined && !isConfidential(other.kind)) return { id: other.id, by }
  }
  return undefined
}

/** One alert joins the one that somebody holds; false when somebody else has it by now. */
export async function joinHeldAlert(
  db: Db,
  alert: Pick<AlertDetails, 'id' | 'account'> & Pick<Alert, 'claimedBy'>,
  held: HeldAlert,
  now: Instant,
): Promise<boolean> {
  if (!(await assignAlert(db, alert.id, { to: held.by, held: alert.claimedBy }, now))) return false
  await recordAudit(db, {
    at: now,
    who: 'rounds',
    act: 'alert.join',
    subject: alert.id,
    account: alert.account.id,
    was: alert.claimedBy === undefined ? 'Not claimed yet' : `Claimed by ${alert.claimedBy}`,
    isNow: `Joins the alert ${held.id}, claimed by ${held.by}`,
  })
  return true
}

/** The other alerts of the account that the same person held, or nobody, join; what rests goes on resting. Returns how many. */
export async function joinOthers(
  db: Db,
  settings: Pick<Settings, 'model' | 'digests' | 'routes'>,
  { id, kind, account }: AlertDetails,
  { by, from }: { readonly by: string; readonly from: string | undefined },
  now: Instant,
): Promise<number> {
  if (isConfidential(kind)) return 0
  let joined = 0
  for (const other of await unresolvedAlerts(db, account.key)) {
    const isAwake = other.state === 'open' || other.state === 'claimed'
    if (other.id === id || !isAwake || other.claimedBy !== from || isConfidential(other.kind)) continue
    const alert = { id: other.id, account, ...(from !== undefined && { claimedBy: from }) }
    if (!(await joinHeldAlert(db, alert, { id, by }, now))) continue
    await refreshAlert(db, settings, other.id, now)
    joined += 1
  }
  return joined
}

/** An alert, and the account's others that the same person holds, or nobody; what is confidential is by itself. */
export async function heldTogether(db: Db, alert: AlertDetails, now: Instant): Promise<AlertDetails[]> {
  if (isConfidential(alert.kind)) return [alert]
  const others = (await unresolvedAlerts(db, alert.account.key)).filter(
    ({ id, kind, claimedBy }) => id !== alert.id && claimedBy === alert.claimedBy && !isConfidential(kind),
  )
  const ids = others.map(({ id }) => id)
  return [alert, ...(await findAlertDetails(db, ids, now)).filter(({ isMuted }) => !isMuted)]
}
