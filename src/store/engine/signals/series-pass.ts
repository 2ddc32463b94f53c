import type { Gathering } from '../../../domain/scoring/columns.ts'
import type { Reach } from '../../../domain/scoring/reach.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { AccountKeys } from '../account-keys.ts'
import type { Pack } from '../packs/pack.ts'
import { weekOf, weekStart } from '../week.ts'
import { placesOf } from './key-places.ts'
import type { KnownMetric, ReachedWeeks } from './reached-weeks.ts'

/** What is looked at, wherever it is stored. */
export type Reached = ReachedWeeks & { readonly reach: Reach }

/** Where what is read goes: series that nobody asks about are -1. */
export type Batch = {
  readonly accounts: AccountKeys
  readonly seriesOf: (account: number, metric: number) => number
  readonly gathering: Gathering
  /** Of each series, whether a signal at or before the earliest instant was met. */
  readonly isNewestSeen: Uint8Array
}

export function seriesAmong({ reach, metrics }: Reached, accounts: AccountKeys): Batch['seriesOf'] {
  const rowOf = placesOf(accounts)
  const columnOf = placesOf(metrics.map(({ key }) => key))
  return (account, metric) => {
    const row = rowOf(account)
    const column = columnOf(metric)
    return row === undefined || column === undefined ? -1 : row * reach.metrics.size + (metrics[column]?.place ?? 0)
  }
}

export function takePack({ reach }: Reached, batch: Batch, wanted: readonly KnownMetric[], pack: Pack): void {
  const { seriesOf, gathering, isNewestSeen } = batch
  const keys = new Set(wanted.map(({ key }) => key))
  let row = 0
  for (let run = 0; run < pack.count.length; run += 1) {
    const stop = row + (pack.count[run] ?? 0)
    const metric = pack.metric[run] ?? 0
    const series = keys.has(metric) ? seriesOf(pack.account[run] ?? 0, metric) : -1
    if (series < 0) {
      row = stop
      continue
    }
    if ((pack.at[row] ?? 0) <= reach.earliest) isNewestSeen[series] = 1
    for (; row < stop; row += 1) gathering.add(series, pack.at[row] ?? 0, pack.value[row] ?? 0, pack.rank[row] ?? 0)
  }
}

/** A series whose newest signal is looked for, from a week on back to an instant. */
export type MissingSeries = {
  readonly series: number
  readonly account: number
  readonly metric: number
  readonly lastWeek: number
  readonly after: Instant
}

/** Where the newest signal is asked for, and lies before all that was scanned. */
export function seriesWithoutNewest(
  { metrics, reach, firstWeek }: Reached,
  { accounts, isNewestSeen }: Batch,
  { firstAt, newestAt }: Record<'firstAt' | 'newestAt', Float64Array>,
): MissingSeries[] {
  const begin = weekStart(firstWeek)
  const asked = metrics.filter(({ newestAfter }) => newestAfter < begin)
  return accounts.flatMap((account, row) =>
    asked.flatMap(({ key: metric, place, newestAfter }) => {
      const series = row * reach.metrics.size + place
      const first = firstAt[series] ?? Infinity
      if (first >= begin || isNewestSeen[series] === 1) return []
      const lastWeek = Math.min(firstWeek - 1, weekOf(newestAt[series] ?? 0))
      return [{ series, account, metric, lastWeek, after: Math.max(first - 1, newestAfter) }]
    }),
  )
}
