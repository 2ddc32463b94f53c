import type { DigestAccount } from '../../domain/digests/digest-account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Role } from '../../domain/model/model.ts'
import type { Duration, Instant } from '../../domain/time/instant.ts'
import { readPortfolio } from '../accounts/portfolio.ts'
import { accountsWithPulseDue } from '../pulses/pulses-due.ts'
import { readBaselines } from '../scoring/verdict-baselines.ts'
import type { Db } from '../tables.ts'
import { announcedStatusesAt } from './announced.ts'
import { readOverdueTasks } from './digest-duties.ts'

/** Every account as a digest sees it at an instant: what is shown, and its unresolved alerts with their holders' names. */
export async function readDigestAccounts(
  db: Db,
  roleOf: (verdict: string) => Role | undefined,
  cadence: Duration | 'off',
  at: Instant,
  /** Silent baselines up to this one are old. */
  knownBaseline = 0,
): Promise<(DigestAccount & { key: number })[]> {
  const baselines = await readBaselines(db, knownBaseline, at)
  const lines = await readPortfolio(db, at)
  const announced = await announcedStatusesAt(
    db,
    at,
    lines.map(({ key }) => key),
  )
  const alerts = groupedBy(
    await db
      .selectFrom('alerts')
      .leftJoin('people', 'people.email', 'alerts.claimed_by')
      .select(['alerts.id', 'account', 'kind', 'reason', 'claimed_by', 'state', 'opened_at', 'people.name as holder'])
      .where('opened_at', '<=', at)
      .where(({ eb, or }) => or([eb('resolved_at', 'is', null), eb('resolved_at', '>', at)]))
      .orderBy('opened_at')
      .execute(),
    alert => alert.account,
  )
  const overdue = await readOverdueTasks(db, at)
  const due = cadence === 'off' ? new Set() : await accountsWithPulseDue(db, lines, cadence, at)
  const names = new Map(
    (await db.selectFrom('people').select(['email', 'name']).execute()).map(row => [row.email, row.name]),
  )
  return lines.flatMap(({ role: _, verdict: __, owner, ...line }) => {
    const known = announced.get(line.key)
    if (known === undefined) return []
    const role = roleOf(known.verdict)
    return [
      {
        ...line,
        verdict: known.verdict,
        expansionReady: known.expansionReady,
        ...(role !== undefined && { role }),
        ...(owner !== undefined && { owner: names.get(owner) ?? owner }),
        isPulseDue: due.has(line.key),
        overdue: overdue.get(line.key) ?? [],
        baselines: baselines.get(line.key) ?? [],
        alerts: (alerts.get(line.key) ?? []).map(({ id, kind, reason, claimed_by, state, opened_at, holder }) => ({
          id,
          kind,
          reason,
          openedAt: opened_at,
          isSnoozed: state === 'snoozed',
          ...(claimed_by !== null && { claimedBy: holder ?? claimed_by }),
        })),
      },
    ]
  })
}
