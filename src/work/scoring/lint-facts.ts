import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { firedAt } from '../../domain/alerts/fired.ts'
import type { Model } from '../../domain/model/model.ts'
import { outlines } from '../../domain/scoring/health.ts'
import { reachOf } from '../../domain/scoring/reach.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { DAYS_TO_SAY_NEVER, type Fired, type LintFacts } from '../../model/lint/lint-facts.ts'
import { type ListedAccount, listCustomers } from '../../store/accounts/account-list.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { readStoredFacts, type StoredFacts } from '../../store/scoring/lint-facts.ts'
import { type ObservedBatch, observeAccounts } from '../../store/scoring/observations.ts'

/** How many of the stored days are looked at, spread evenly; fewer where a day has many accounts. */
const MOST_DAYS = 15
const FEWEST_DAYS = 5
const MOST_LOOKS = 6_000

/** What a database can say about a model; nothing while it holds no accounts. */
export async function readLintFacts(connection: Connection, model: Model): Promise<LintFacts | undefined> {
  const accounts = await listCustomers(connection.db)
  if (accounts.length === 0) return undefined
  const stored = await readStoredFacts(connection.db)
  const { metrics, attributes, scoredAt } = stored
  return {
    metrics,
    attributes,
    days: scoredAt.length,
    ...(scoredAt.length >= DAYS_TO_SAY_NEVER && { fired: await fired(connection, model, accounts, stored) }),
  }
}

type Seen = { drivers: Set<string>; caps: Set<number>; alerts: Set<AlertKind>; expansion: boolean }

/** What was announced, and what the model would have found on the stored days, until everything in it had its effect. */
async function fired(
  connection: Connection,
  model: Model,
  accounts: readonly ListedAccount[],
  stored: StoredFacts,
): Promise<Fired> {
  const seen: Seen = {
    drivers: new Set(stored.drivers),
    caps: new Set(),
    alerts: new Set(stored.alerts),
    expansion: stored.expansionHeld,
  }
  const days = Math.max(FEWEST_DAYS, Math.min(MOST_DAYS, Math.floor(MOST_LOOKS / accounts.length)))
  for (const at of spread(stored.scoredAt, days)) {
    for await (const batch of observeAccounts(connection, accounts, reachOf([model], at))) {
      if (isAll(model, seen)) return seen
      look(model, batch, at, seen)
    }
  }
  return seen
}

function look(model: Model, { entries, observed }: ObservedBatch<ListedAccount>, at: Instant, seen: Seen): void {
  const { expansion: _, ...withoutExpansion } = model
  for (const entry of entries) {
    // Whether expansion was held for days costs the most: once seen it is not asked again.
    const asked = seen.expansion ? withoutExpansion : model
    const account = observed(entry)
    const found = firedAt(asked, account, outlines(model, account), at)
    if (found.driver !== undefined) seen.drivers.add(found.driver)
    for (const cap of found.caps) seen.caps.add(cap)
    for (const kind of found.alerts) seen.alerts.add(kind)
    seen.expansion ||= found.expansion
  }
}

function isAll(model: Model, { drivers, caps, alerts, expansion }: Fired): boolean {
  return (
    model.components.every(({ id }) => drivers.has(id)) &&
    model.caps.every((_, index) => caps.has(index)) &&
    model.alerts.every(({ kind }) => alerts.has(kind)) &&
    (model.expansion === undefined || expansion)
  )
}

/** Up to a limit, evenly spread, newest first. */
function spread(instants: readonly Instant[], most: number): Instant[] {
  const step = Math.max(1, Math.ceil(instants.length / most))
  return instants.toReversed().filter((_, index) => index % step === 0)
}
