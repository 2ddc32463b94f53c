import type { AttributeValue } from '../../domain/accounts/account.ts'
import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'

/** What is now known about an account: undefined clears an attribute, an absent one stays as it is. */
export type AccountRow = {
  readonly id: string
  readonly name?: string
  readonly attributes: ReadonlyMap<string, string | undefined>
}

/** When values begin to hold: now, or at an earlier instant, recorded as of then; later values stay. */
export type Since = Instant | { readonly from: Instant }

/** An account as it is stored. */
export type Stored = {
  readonly key: number
  readonly name: string
  readonly attributes: ReadonlyMap<string, AttributeValue>
}

/** An account with the name and values that some rows, applied in turn, give it. */
export type Change = {
  readonly id: string
  readonly stored?: Stored
  name: string
  readonly values: Map<string, string | undefined>
}

export function asStored(id: string, stored: Stored | undefined): Change {
  if (stored === undefined) return { id, name: id, values: new Map() }
  const values = new Map([...stored.attributes].map(([attribute, { value }]) => [attribute, value] as const))
  return { id, stored, name: stored.name, values }
}

/** Whether the row says anything new. */
export function applyRow({ name: written, attributes }: AccountRow, known: Change, since: Since): boolean {
  // A name has no history: an earlier name must not replace the current one.
  const name = typeof since === 'object' && known.stored !== undefined ? undefined : written
  let differs = name !== undefined && name !== known.name
  known.name = name ?? known.name
  for (const [attribute, written] of attributes) {
    const value = written === undefined ? undefined : asStoredValue(attribute, written)
    if (known.values.get(attribute) === value) continue
    known.values.set(attribute, value)
    differs = true
  }
  return differs
}

/** How a value is stored: values that people compare without regard to case are normalized. */
function asStoredValue(attribute: string, written: string): string {
  if (attribute === 'owner') return foldEmail(written)
  return attribute === 'lifecycle' ? written.trim().toLowerCase() : written
}

export function newValues({ stored, values }: Change): [attribute: string, value: string | undefined][] {
  return [...values].filter(([attribute, value]) => stored?.attributes.get(attribute)?.value !== value)
}

/** If the clock was set back, the newest value still comes last. */
export function holdsFrom(since: Since, newest: Instant | undefined): Instant {
  return typeof since === 'object' ? since.from : Math.max(since, newest ?? since)
}
