import type { AlertKind } from '../domain/alert-kind.ts'
import { firedAt } from '../domain/fired.ts'
import { assessments } from '../domain/health.ts'
import type { Instant } from '../domain/instant.ts'
import type { Model } from '../domain/model.ts'
import { DAYS_TO_SAY_NEVER, type Fired, type LintFacts } from '../model/lint-facts.ts'
import { listAccounts } from '../store/account-list.ts'
import type { Connection } from '../store/database.ts'
import { readStoredFacts } from '../store/lint-facts.ts'
import { observeAccount } from '../store/observations.ts'

/** How many of the stored days are looked at, spread evenly; the newest is one of them. */
const MOST_DAYS = 30

/** What a database can say about a model; nothing while it holds no accounts. */
export async function readLintFacts(connection: Connection, model: Model): Promise<LintFacts | undefined> {
  const accounts = await listAccounts(connection.db)
  if (accounts.length === 0) return undefined
  const { metrics, attributes, scoredAt } = await readStoredFacts(connection)
  const keys = accounts.map(({ key }) => key)
  return {
    metrics,
    attributes,
    days: scoredAt.length,
    ...(scoredAt.length >= DAYS_TO_SAY_NEVER && { fired: fired(connection, model, keys, spread(scoredAt)) }),
  }
}

/** Holds the model against the stored days, account by account, until everything in it has had its effect. */
function fired(connection: Connection, model: Model, accounts: readonly number[], days: readonly Instant[]): Fired {
  const seen = { drivers: new Set<string>(), caps: new Set<number>(), alerts: new Set<AlertKind>(), expansion: false }
  for (const key of accounts) {
    if (isAll(model, seen)) break
    const account = observeAccount(connection, key, days.at(-1) ?? 0)
    const assessedAt = assessments(model, account)
    for (const at of days) {
      const { driver, caps, alerts, expansion } = firedAt(model, account, assessedAt, at)
      if (driver !== undefined) seen.drivers.add(driver)
      for (const cap of caps) seen.caps.add(cap)
      for (const kind of alerts) seen.alerts.add(kind)
      seen.expansion ||= expansion
    }
  }
  return seen
}

function isAll(model: Model, { drivers, caps, alerts, expansion }: Fired): boolean {
  return (
    model.components.every(({ id }) => drivers.has(id)) &&
    model.caps.every((_, index) => caps.has(index)) &&
    model.alerts.every(({ kind }) => alerts.has(kind)) &&
    (model.expansion === undefined || expansion)
  )
}

function spread(instants: readonly Instant[]): Instant[] {
  const step = Math.max(1, Math.ceil(instants.length / MOST_DAYS))
  return instants.filter((_, index) => (instants.length - 1 - index) % step === 0)
}
