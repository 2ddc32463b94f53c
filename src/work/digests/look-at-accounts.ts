import type { DigestView } from '../../domain/digests/announced.ts'
import { attributesOfFilter } from '../../domain/digests/filter-attributes.ts'
import { holds } from '../../domain/model/condition.ts'
import type { Model } from '../../domain/model/model.ts'
import { factsOf } from '../../domain/scoring/expansion.ts'
import { outlines } from '../../domain/scoring/health.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { readAlerts } from '../../store/digests/digest-alerts.ts'
import type { readOverdueTasks } from '../../store/digests/digest-duties.ts'
import type { KeyedStatus } from '../../store/digests/digest-statuses.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { accountsWithPulseDue } from '../../store/pulses/pulses-due.ts'
import { observeAccount } from '../../store/scoring/observations.ts'
import type { LookedAt } from './heard-since.ts'
import type { KnownAttributes } from './known-attributes.ts'

/** What is open, by the accounts' keys. */
export type Duties = {
  readonly alerts: Awaited<ReturnType<typeof readAlerts>>
  readonly overdue: Awaited<ReturnType<typeof readOverdueTasks>>
}

/** Those of these accounts that a digest's filter takes in, with all that it looks at. */
export async function lookAtAccounts(
  connection: Connection,
  statuses: readonly KeyedStatus[],
  {
    model,
    view,
    at,
    known,
    duties,
  }: {
    readonly model: Model
    readonly view: DigestView
    readonly at: Instant
    readonly known: KnownAttributes
    readonly duties: Duties
  },
): Promise<LookedAt[]> {
  const isWanted = filterOf(connection, model, view, at, known)
  const accounts: LookedAt[] = []
  for (const status of statuses) {
    const renewalOn = known.valueOf(status.key, 'renewal_on')
    const account = {
      ...status,
      ...(renewalOn !== undefined && { renewalOn }),
      isPulseDue: false,
      overdue: duties.overdue.get(status.key) ?? [],
      alerts: duties.alerts.get(status.key) ?? [],
    }
    if (await isWanted(account)) accounts.push(account)
  }
  if (view.cadence === 'off') return accounts
  const owners = known.ownersOf(accounts.map(({ key }) => key))
  const due = await accountsWithPulseDue(connection.db, accounts, view.cadence, at, owners)
  return accounts.map(account => ({ ...account, isPulseDue: due.has(account.key) }))
}

function filterOf(
  connection: Connection,
  model: Model,
  { filter }: DigestView,
  at: Instant,
  known: KnownAttributes,
): (account: LookedAt) => boolean | Promise<boolean> {
  if (filter === undefined) return () => true
  if (attributesOfFilter(filter) !== undefined) return ({ key }) => known.isIn(filter, key)
  return async ({ key, alerts }) => {
    const observed = await observeAccount(connection, key, at)
    const facts = factsOf(model, observed, outlines(model, observed), kind => alerts.some(alert => alert.kind === kind))
    return holds(filter, facts, at)
  }
}
