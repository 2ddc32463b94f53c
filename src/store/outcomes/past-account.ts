import { attributesOf, type ObservedAccount } from '../../domain/accounts/account.ts'
import { type History, historyOf } from '../../domain/scoring/readings/window.ts'
import { signalsAsOf } from '../../domain/sources/signal.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Connection } from '../engine/engine.ts'
import { readAttributes } from '../scoring/attributes.ts'

/** An account as of an instant, as known at another; `Infinity` means as known today. */
export type PastAccount = (at: Instant, knownAt: Instant) => ObservedAccount

/** Reads everything about one account once, for all the instants at which it will be looked at. */
export async function readPastAccount(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  account: number,
  connectedAt: (knownAt: Instant) => History['connectedAt'],
): Promise<PastAccount> {
  const current = await engine.signals.read(db, account, Number.MAX_SAFE_INTEGER)
  const replaced = await engine.signals.readEarlierVersions(db, account, Number.MAX_SAFE_INTEGER)
  const values = (await readAttributes(db, [account])).get(account) ?? new Map()
  const whole = historyOf(current)
  // Data that came in as it happened is in order already: nothing has to be sorted again for each day.
  const isPrompt = replaced.length === 0 && current.every(({ receivedAt, observedAt }) => receivedAt <= observedAt)
  return (at, knownAt) => {
    const isWhole = knownAt === Infinity || (isPrompt && knownAt >= at)
    const history = isWhole ? whole : historyOf(signalsAsOf([...replaced, ...current], at, knownAt))
    return {
      history: { ...history, connectedAt: connectedAt(knownAt) },
      attribute: attributesOf(values, knownAt),
    }
  }
}
