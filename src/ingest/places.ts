import type { Instant } from '../domain/instant.ts'
import type { Occurrences, Place } from '../store/occurrences.ts'
import type { Note } from './notes.ts'
import type { SignalRead } from './signals.ts'

/** What rows without an id that share account, metric and time came to. */
export type Numbering = {
  /** The rows, from the second of a place on with the ids ~2, ~3, ...; rejected ones count too. */
  number<T extends SignalRead>(rows: readonly T[]): T[]
  /** How many rows got an id so, and the first of them in words. */
  readonly numbered: { count: number; example?: string }
  close(): void
}

/** Several events of one time, told apart by their order in one file or request; each begins anew. */
export function numberPlaces(occurrences: Occurrences): Numbering {
  const [accountKey, metricKey] = [keys(), keys()]
  const numbered: Numbering['numbered'] = { count: 0 }
  const placeOf = ({ accountId, metric, observedAt, id }: SignalRead): Place | undefined => {
    if (id !== '' || accountId === '' || metric === '' || observedAt === undefined) return undefined
    return { account: accountKey(accountId), metric: metricKey(metric), observedAt }
  }
  return {
    number<T extends SignalRead>(rows: readonly T[]) {
      const places = rows.map(placeOf)
      const counts = occurrences.count(places.filter(place => place !== undefined))
      let next = 0
      return rows.map((row, at) => {
        const count = places[at] === undefined ? 1 : (counts[next++] ?? 1)
        if (count === 1) return row
        numbered.count += 1
        numbered.example ??= exampleOf(row)
        const id = `~${count}`
        return { ...row, id, ...(row.signal && { signal: { ...row.signal, id } }) }
      })
    },
    numbered,
    close: occurrences.close,
  }
}

/** Says how many rows there were, and that the next file or request begins anew. */
export function sameTimeNotes({ count, example = '' }: Numbering['numbered'], sent: 'file' | 'request'): Note[] {
  if (count === 0) return []
  const rows = count === 1 ? '1 row without an id shares' : `${count.toLocaleString('en')} rows without an id share`
  const text = `${rows} account, metric and time with an earlier one: each counts as an event of its own, numbered ~2, ~3, ... in the order of the ${sent}. Numbering starts anew with each ${sent}; send ids if you split one.`
  return [{ kind: 'same_time', text, count, example }]
}

function exampleOf({ accountId, metric, observedAt }: SignalRead): string {
  return `${accountId}, ${metric}, ${timeOf(observedAt ?? 0)}`
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** A small integer for each text. */
function keys(): (text: string) => number {
  const known = new Map<string, number>()
  return text => {
    const key = known.get(text) ?? known.size + 1
    known.set(text, key)
    return key
  }
}
