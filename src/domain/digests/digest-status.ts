import { isConfidential } from '../alerts/confidential.ts'
import { DAY, type Instant, startOfDay } from '../time/instant.ts'
import type { DigestAlert, DigestStatus, OverdueTask } from './digest-account.ts'

/** How many days ahead renewals are watched. */
export const RENEWAL_HORIZON = 90

/** Renews within the horizon and is not healthy; unknown counts as not healthy. */
export function isRenewalToWatch({ renewalOn, role }: Pick<DigestStatus, 'renewalOn' | 'role'>, at: Instant): boolean {
  return role !== 'healthy' && renewsWithinHorizon(renewalOn, at)
}

export function renewsWithinHorizon(renewalOn: string | undefined, at: Instant): boolean {
  const renewal = startOfDay(renewalOn ?? '')
  const today = Math.floor(at / DAY) * DAY
  return renewal !== undefined && renewal >= today && renewal - at <= RENEWAL_HORIZON * DAY
}

/** Alerts that nobody holds or snoozed, oldest first; without confidential ones. */
export function unclaimedAlerts<A extends DigestStatus>(accounts: readonly A[]): { account: A; alert: DigestAlert }[] {
  return accounts
    .flatMap(account => account.alerts.map(alert => ({ account, alert })))
    .filter(({ alert }) => alert.claimedBy === undefined && !alert.isSnoozed && !isConfidential(alert.kind))
    .sort((a, b) => a.alert.openedAt - b.alert.openedAt)
}

/** Longest overdue first. */
export function overdueTasks<A extends DigestStatus>(accounts: readonly A[]): { account: A; task: OverdueTask }[] {
  return accounts
    .flatMap(account => account.overdue.map(task => ({ account, task })))
    .sort((a, b) => a.task.dueAt - b.task.dueAt)
}
