import { factSignals } from '../../domain/sources/fact-signals.ts'
import type { AttributeFact, FactSignal, SourceFact } from '../../domain/sources/source-fact.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { saveAccounts } from '../../store/accounts/accounts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { slices } from '../../store/slices.ts'
import { SIGNALS_PER_TRANSACTION, saveSignals } from '../../store/sources/signals.ts'
import type { Fact } from '../../store/webhooks/source-events.ts'

/** What a source told of an account before, and what it tells now. */
export type Told = {
  readonly source: string
  readonly account: { readonly key: number; readonly id: string }
  readonly before: readonly Fact[]
  readonly facts: readonly Fact[]
}

/** Writes the signals that differ with what is told now, and the attributes of which nothing newer was told before. */
export async function applyFacts(connection: Connection, told: Told, now: Instant): Promise<void> {
  const { source, account, before, facts } = told
  const old = factSignals(source, before.filter(isOfThings), now)
  const oldAt = old.filter(({ id }) => id === '').map(({ observedAt }) => observedAt)
  const known = new Map(old.map(signal => [identityOf(signal), signal.value]))
  const all = factSignals(source, [...before, ...facts].filter(isOfThings), now, oldAt)
  await writeFactSignals(
    connection,
    told,
    all.filter(signal => known.get(identityOf(signal)) !== signal.value || isMidnight(signal)),
    now,
  )
  const attributes = newestAttributes(facts, before)
  if (attributes.size > 0) await saveAccounts(connection.db, [{ id: account.id, attributes }], now)
}

export async function writeFactSignals(
  connection: Connection,
  { source, account }: Pick<Told, 'source' | 'account'>,
  signals: readonly FactSignal[],
  now: Instant,
): Promise<void> {
  const rows = signals.map(signal => ({ ...signal, account: account.key, receivedAt: now, source }))
  for (const part of slices(rows, SIGNALS_PER_TRANSACTION)) await saveSignals(connection, part)
}

/** What time alone makes of an invoice may not have been written yet. */
function isMidnight({ id, observedAt }: FactSignal): boolean {
  return id === '' && observedAt % DAY === 0
}

function identityOf({ metric, observedAt, id }: FactSignal): string {
  return `${metric}\n${observedAt}\n${id}`
}

function isOfThings(fact: Fact): fact is SourceFact {
  return fact.of !== 'attribute'
}

/** Attributes as the newest facts have them, unless what was told before is newer. */
function newestAttributes(facts: readonly Fact[], before: readonly Fact[]): Map<string, string | undefined> {
  const isAttribute = (fact: Fact): fact is AttributeFact => fact.of === 'attribute'
  const newest = new Map<string, AttributeFact>()
  const asText = ({ value = '' }: AttributeFact) => value
  for (const fact of [...before, ...facts].filter(isAttribute)) {
    const other = newest.get(fact.name)
    const isNewer = other === undefined || fact.at > other.at || (fact.at === other.at && asText(fact) > asText(other))
    if (isNewer) newest.set(fact.name, fact)
  }
  const told = [...newest.values()].filter(fact => facts.includes(fact))
  return new Map(told.map(({ name, value }) => [name, value]))
}
