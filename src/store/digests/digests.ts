import type { DigestAccount, DigestAlert, DigestStatus } from '../../domain/digests/digest-account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Role } from '../../domain/model/model.ts'
import type { Duration, Instant } from '../../domain/time/instant.ts'
import { attributeOfAll } from '../accounts/attribute-of-all.ts'
import { readLines } from '../accounts/portfolio.ts'
import { accountsWithPulseDue } from '../pulses/pulses-due.ts'
import { readBaselines } from '../scoring/verdict-baselines.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { announcedStatusesAt } from './announced.ts'
import { readOverdueTasks } from './digest-duties.ts'

export type KeyedStatus = DigestStatus & { readonly key: number }

/** Every customer as a digest looks at it at an instant: what is shown, and its unresolved alerts with their holders' names. */
export async function readDigestStatuses(
  db: Db,
  roleOf: (verdict: string) => Role | undefined,
  cadence: Duration | 'off',
  at: Instant,
  /** Silent baselines up to this one are old. */
  knownBaseline = 0,
): Promise<KeyedStatus[]> {
  const baselines = await readBaselines(db, knownBaseline, at)
  const shown = await shownAt(db, at)
  const renewals = await attributeOfAll(db, 'renewal_on', at)
  const lines = shown.map(({ key }) => {
    const renewalOn = renewals.get(key)?.value
    return { key, ...(renewalOn !== undefined && { renewalOn }) }
  })
  const due = cadence === 'off' ? new Set() : await accountsWithPulseDue(db, lines, cadence, at)
  const alerts = await readAlerts(db, at)
  const overdue = await readOverdueTasks(db, at)
  return shown.map((row, index) => {
    const role = roleOf(row.verdict)
    return {
      ...row,
      ...lines[index],
      ...(role !== undefined && { role }),
      isPulseDue: due.has(row.key),
      overdue: overdue.get(row.key) ?? [],
      baselines: baselines.get(row.key) ?? [],
      alerts: alerts.get(row.key) ?? [],
    }
  })
}

/** What else is said of a few of them, by key. */
export async function readDigestDetails(
  db: Db,
  statuses: readonly KeyedStatus[],
  at: Instant,
): Promise<Map<number, DigestAccount & { readonly key: number }>> {
  const people = await db.selectFrom('people').select(['email', 'name']).execute()
  const names = new Map(people.map(({ email, name }) => [email, name]))
  const found = new Map<number, DigestAccount & { readonly key: number }>()
  for (const part of slices(statuses)) {
    const lines = await readLines(
      db,
      at,
      part.map(({ key }) => key),
    )
    for (const status of part) {
      const { name = status.id, reason = '', arr, owner } = lines.get(status.key) ?? {}
      found.set(status.key, {
        ...{ ...status, name, reason },
        ...(arr !== undefined && { arr }),
        ...(owner !== undefined && { owner: names.get(owner) ?? owner }),
      })
    }
  }
  return found
}

/** The number of now, and the verdict that was shown at the instant; of customers that had one. */
async function shownAt(db: Db, at: Instant) {
  const rows = await db
    .selectFrom('current_status')
    .innerJoin('accounts', 'accounts.key', 'current_status.account')
    .select(['accounts.key', 'accounts.id', 'at', 'shown', 'verdict', 'expansion_ready', 'change_30d'])
    .where('is_retired', '=', 0)
    .orderBy('accounts.key')
    .execute()
  const later = rows.filter(row => row.at > at).map(({ key }) => key)
  const earlier = await announcedStatusesAt(db, at, later)
  return rows.flatMap(row => {
    const known =
      row.at <= at ? { verdict: row.verdict, expansionReady: row.expansion_ready === 1 } : earlier.get(row.key)
    if (known === undefined) return []
    return [
      {
        ...{ key: row.key, id: row.id, verdict: known.verdict, expansionReady: known.expansionReady },
        ...(row.shown !== null && { shown: row.shown }),
        ...(row.change_30d !== null && { change: row.change_30d }),
      },
    ]
  })
}

/** Those that were unresolved, by the account's key. */
async function readAlerts(db: Db, at: Instant): Promise<Map<number, DigestAlert[]>> {
  const rows = await db
    .selectFrom('alerts')
    .leftJoin('people', 'people.email', 'alerts.claimed_by')
    .select(['alerts.id', 'account', 'kind', 'reason', 'claimed_by', 'state', 'opened_at', 'people.name as holder'])
    .where('opened_at', '<=', at)
    .where(({ eb, or }) => or([eb('resolved_at', 'is', null), eb('resolved_at', '>', at)]))
    .orderBy('opened_at')
    .execute()
  return new Map(
    [...groupedBy(rows, ({ account }) => account)].map(([account, of]) => [
      account,
      of.map(({ id, kind, reason, claimed_by, state, opened_at, holder }) => ({
        ...{ id, kind, reason, openedAt: opened_at, isSnoozed: state === 'snoozed' },
        ...(claimed_by !== null && { claimedBy: holder ?? claimed_by }),
      })),
    ]),
  )
}
