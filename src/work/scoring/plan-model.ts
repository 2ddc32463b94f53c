import { alertIsOpenAt } from '../../domain/alerts/alert.ts'
import type { Model } from '../../domain/model/model.ts'
import { type PlannedAccount, planAccount } from '../../domain/model/plan.ts'
import { reachOf } from '../../domain/scoring/reach.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { listCustomers } from '../../store/accounts/account-list.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { announcedStatusesAt } from '../../store/digests/announced.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { observeAccounts } from '../../store/scoring/observations.ts'

export type ModelPlan = {
  /** The names of both models. */
  readonly current: string
  readonly next: string
  readonly accounts: readonly (PlannedAccount & { readonly id: string; readonly name: string })[]
}

/** What would change for every account if a model took effect at an instant; writes nothing. */
export async function planModel(connection: Connection, current: Model, next: Model, at: Instant): Promise<ModelPlan> {
  const { db } = connection
  const accounts = await listCustomers(db)
  const planned: ModelPlan['accounts'][number][] = []
  for await (const { entries, observed } of observeAccounts(connection, accounts, reachOf([current, next], at))) {
    const keys = entries.map(({ key }) => key)
    const announced = await announcedStatusesAt(db, at, keys)
    const alerts = await alertsByAccount(db, keys)
    for (const entry of entries) {
      const { key, id, name } = entry
      const known = alerts.get(key) ?? []
      const verdict = announced.get(key)?.verdict
      const plan = planAccount({
        current,
        next,
        account: observed(entry),
        at,
        unresolved: known.filter(({ state }) => state !== 'resolved').map(({ kind }) => kind),
        alertIsOpen: (kind, at) => alertIsOpenAt(known, kind, at),
        ...(verdict !== undefined && { announced: verdict }),
      })
      planned.push({ ...plan, id, name })
    }
  }
  return { current: current.name, next: next.name, accounts: planned }
}
