import { openOccurrences, type Place } from '../../store/sources/occurrences.ts'
import type { SignalRead } from '../signals.ts'
import type { Note } from './notes.ts'
import { isRefusal } from './values.ts'

/** Several events of one time, told apart by their order in one file or request; each begins again. */
export type Numbering = {
  /** The rows, from the second of a place on with the ids ~2, ~3, ...; rejected ones count too. */
  number<T extends SignalRead>(rows: readonly T[]): readonly T[]
  /** How many rows got an id so, and the first of them in words. */
  readonly numbered: { count: number; example?: string }
  close(): void
}

/** `accounts` are those that there are. */
export function numberPlaces(accounts: { get(id: string): number | undefined }): Numbering {
  const occurrences = openOccurrences()
  const [unknownAccount, metricKey] = [keys(), keys()]
  const numbered: Numbering['numbered'] = { count: 0 }
  const placeOf = (row: SignalRead): Place | undefined => {
    const { metric, observedAt, id } = row
    if (id !== '' || metric === '' || observedAt === undefined) return undefined
    if (!isRefusal(row)) return { account: row.account, metric: metricKey(metric), observedAt }
    if (row.accountId === '') return undefined
    return {
      account: accounts.get(row.accountId) ?? -unknownAccount(row.accountId),
      metric: metricKey(metric),
      observedAt,
    }
  }
  return {
    number<T extends SignalRead>(rows: readonly T[]) {
      const [places, placed]: [Place[], T[]] = [[], []]
      for (const row of rows) {
        const place = placeOf(row)
        if (place === undefined) continue
        places.push(place)
        placed.push(row)
      }
      const counts = occurrences.count(places)
      const ids = new Map<T, string>()
      counts.forEach((count, at) => {
        const row = placed[at]
        if (count === 1 || row === undefined) return
        numbered.count += 1
        numbered.example ??= `${row.metric} at ${new Date(row.observedAt ?? 0).toISOString()}`
        ids.set(row, `~${count}`)
      })
      return ids.size === 0 ? rows : rows.map(row => ({ ...row, id: ids.get(row) ?? row.id }))
    },
    numbered,
    close: occurrences.close,
  }
}

/** Says how many rows there were, and that the next file or request begins again. */
export function sameTimeNotes({ count, example = '' }: Numbering['numbered'], sent: 'file' | 'request'): Note[] {
  if (count === 0) return []
  const rows = count === 1 ? '1 row without an id shares' : `${count.toLocaleString('en')} rows without an id share`
  const text = `${rows} account, metric and time with an earlier one: each counts as an event of its own, numbered ~2, ~3, ... in the order of the ${sent}. Numbering starts over with each ${sent}; send ids if you split one.`
  return [{ kind: 'same_time', text, count, example }]
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
