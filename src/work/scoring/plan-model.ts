import { alertIsOpenAt } from '../../domain/alerts/alert.ts'
import type { Model } from '../../domain/model/model.ts'
import { type PlannedAccount, planAccount } from '../../domain/model/plan.ts'
import { scoringWindows } from '../../domain/scoring/health.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { listCustomers } from '../../store/accounts/account-list.ts'
import { alertsByAccount } from '../../store/alerts/alerts.ts'
import { announcedStatusesAt } from '../../store/digests/announced.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { observeAccounts } from '../../store/scoring/observations.ts'
import { slices } from '../../store/slices.ts'

export type ModelPlan = {
  /** The names of both models. */
  readonly current: string
  readonly next: string
  readonly accounts: readonly (PlannedAccount & { readonly id: string; readonly name: string })[]
}

const BATCH = 1_000

/** What would change for every account if a model took effect at an instant; writes nothing. */
export async function planModel(connection: Connection, current: Model, next: Model, at: Instant): Promise<ModelPlan> {
  const { db } = connection
  const accounts = await listCustomers(db)
  const windows = [current, next].flatMap(model => scoringWindows(model, at))
  const planned: ModelPlan['accounts'][number][] = []
  for (const batch of slices(accounts, BATCH)) {
    const keys = batch.map(({ key }) => key)
    const range = { first: keys[0] ?? 0, last: keys.at(-1) ?? -1 }
    const observe = await observeAccounts(connection, range, windows, at)
    const announced = await announcedStatusesAt(db, at, keys)
    const alerts = await alertsByAccount(db, range)
    for (const { key, id, name } of batch) {
      const known = alerts.get(key) ?? []
      const verdict = announced.get(key)?.verdict
      const plan = await observe(key, account =>
        planAccount({
          current,
          next,
          account,
          at,
          unresolved: known.filter(({ state }) => state !== 'resolved').map(({ kind }) => kind),
          alertIsOpen: (kind, at) => alertIsOpenAt(known, kind, at),
          ...(verdict !== undefined && { announced: verdict }),
        }),
      )
      planned.push({ ...plan, id, name })
    }
  }
  return { current: current.name, next: next.name, accounts: planned }
}
