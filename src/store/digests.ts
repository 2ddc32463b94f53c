import type { Told } from '../domain/digest.ts'
import type { DigestAccount } from '../domain/digest-account.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Duration, Instant } from '../domain/instant.ts'
import type { Role } from '../domain/model.ts'
import { readOverdueTasks } from './digest-duties.ts'
import { readPortfolio } from './portfolio.ts'
import { accountsWithPulseDue } from './pulses-due.ts'
import type { Db } from './tables.ts'
import { toldAt } from './told.ts'

/** What was last told: by the newest digest of that name that was really sent there, none of its pieces given up. */
export async function lastToldOrNone(
  db: Db,
  digest: string,
  destination: string,
  before: Instant,
): Promise<Told | undefined> {
  const row = await db
    .selectFrom('digest_runs')
    .innerJoin('outbox', 'outbox.id', 'digest_runs.message')
    .select('digest_runs.told')
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
            .where('piece.key', 'like', 'digest:%')
            .where('piece.state', 'in', ['parked', 'dead']),
        ),
      ),
    )
    .orderBy('digest_runs.slot', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && (JSON.parse(row.told) as Told)
}

/** Whether a digest of a later time than this slot is on its way there, or was sent. */
export async function wasToldAfter(db: Db, digest: string, destination: string, slot: Instant): Promise<boolean> {
  const row = await db
    .selectFrom('digest_runs')
    .innerJoin('outbox', 'outbox.id', 'digest_runs.message')
    .select('digest_runs.id')
    .where('digest_runs.digest', '=', digest)
    .where('digest_runs.destination', '=', destination)
    .where('digest_runs.slot', '>', slot)
    .where('outbox.state', 'not in', ['parked', 'dead'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Records what a digest tells; false when this slot was told already. */
export async function addDigestRun(
  db: Db,
  run: { readonly digest: string; readonly destination: string; readonly slot: Instant; readonly told: Told },
): Promise<number | undefined> {
  const row = await db
    .insertInto('digest_runs')
    .values({ ...run, message: null, told: JSON.stringify(run.told) })
    .onConflict(conflict => conflict.columns(['digest', 'destination', 'slot']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function setDigestMessage(db: Db, run: number, message: number): Promise<void> {
  await db.updateTable('digest_runs').set({ message }).where('id', '=', run).execute()
}

/** Every account as a digest sees it at an instant: what is told, and its unresolved alerts with their holders' names. */
export async function readDigestAccounts(
  db: Db,
  roleOf: (verdict: string) => Role | undefined,
  cadence: Duration | 'off',
  at: Instant,
): Promise<(DigestAccount & { key: number })[]> {
  const lines = await readPortfolio(db, at)
  const told = await toldAt(
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
    const known = told.get(line.key)
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
