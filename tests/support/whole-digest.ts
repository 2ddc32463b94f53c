import { type DigestNews, digestNews } from '../../src/domain/digests/digest.ts'
import type { DigestStatus } from '../../src/domain/digests/digest-account.ts'
import { heardIn, type Snapshot } from '../../src/domain/digests/snapshot.ts'
import { holds } from '../../src/domain/model/condition.ts'
import { factsOf } from '../../src/domain/scoring/expansion.ts'
import { outlines } from '../../src/domain/scoring/health.ts'
import type { Digest } from '../../src/model/digests.ts'
import type { Settings } from '../../src/model/settings.ts'
import { attributeOfAll } from '../../src/store/accounts/attribute-of-all.ts'
import { isCustomerKey } from '../../src/store/accounts/customers.ts'
import { readAlerts } from '../../src/store/digests/digest-alerts.ts'
import { readOverdueTasks } from '../../src/store/digests/digest-duties.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { accountsWithPulseDue } from '../../src/store/pulses/pulses-due.ts'
import { observeAccount } from '../../src/store/scoring/observations.ts'
import { modelOfStatusChanges, readStatusChanges } from '../../src/store/scoring/statuses/status-changes.ts'
import type { Told } from './digest-days.ts'
import { snapshotOf } from './snapshot.ts'

/** An instant, and what people were told then. */
type Then = { readonly at: number; readonly told: ReadonlyMap<string, Told> }

/** What a digest says and announces by looking at every account, and at how each one stood when the channel heard of it. */
export async function wholeDigest(
  connection: Connection,
  settings: Settings,
  { filter }: Digest,
  { at, told }: Then,
  heard: Snapshot | undefined,
): Promise<{ readonly news: DigestNews<DigestStatus>; readonly announces: Snapshot }> {
  const { db } = connection
  const all = await everyAccount(connection, settings, { at, told }, heard?.baseline ?? 0)
  const accounts: DigestStatus[] = []
  for (const account of all) {
    const observed = await observeAccount(connection, account.key, at)
    const facts = factsOf(settings.model, observed, outlines(settings.model, observed), kind =>
      account.alerts.some(alert => alert.kind === kind),
    )
    if (filter === undefined || holds(filter, facts, at)) accounts.push(account)
  }
  const model = (await modelOfStatusChanges(db, at)) ?? settings.model.version
  const { baseline } = await db
    .selectFrom('status_changes')
    .select(({ fn }) => fn.max('id').as('baseline'))
    .where('at', '<=', at)
    .executeTakeFirstOrThrow()
  return {
    news: digestNews(accounts, { model, at }, heard && heardIn(heard)),
    announces: snapshotOf(accounts, { model, at, baseline: baseline ?? 0 }, all),
  }
}

async function everyAccount({ db }: Connection, { model, routes }: Settings, { at, told }: Then, baseline: number) {
  const changes = await readStatusChanges(db, { after: baseline, later: Infinity })
  const renewals = await attributeOfAll(db, 'renewal_on', at)
  const alerts = await readAlerts(db, at)
  const overdue = await readOverdueTasks(db, at)
  const rows = await db
    .selectFrom('current_status')
    .innerJoin('accounts', 'accounts.key', 'current_status.account')
    .select(['accounts.key', 'id', 'shown', 'change_30d'])
    .where(isCustomerKey('accounts.key'))
    .orderBy('accounts.key')
    .execute()
  const accounts = rows.flatMap(({ key, id, shown: score, change_30d }) => {
    const status = told.get(id)
    if (status === undefined) return []
    const { verdict, expansionReady } = status
    const role = model.bands.find(({ id }) => id === verdict)?.role
    const renewalOn = renewals.get(key)?.value
    const baselines = (changes.get(key) ?? []).flatMap(({ after, ...change }) =>
      change.at <= at && after !== undefined && change.before?.model !== change.model ? [{ ...change, after }] : [],
    )
    return [
      {
        ...{ key, id, verdict, expansionReady, baselines },
        ...(role !== undefined && { role }),
        ...(score !== null && { shown: score }),
        ...(change_30d !== null && { change: change_30d }),
        ...(renewalOn !== undefined && { renewalOn }),
        alerts: alerts.get(key) ?? [],
        overdue: overdue.get(key) ?? [],
      },
    ]
  })
  const cadence = routes.pulse_cadence
  const due = cadence === 'off' ? new Set() : await accountsWithPulseDue(db, accounts, cadence, at)
  return accounts.map(account => ({ ...account, isPulseDue: due.has(account.key) }))
}
