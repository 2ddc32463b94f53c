import { addCounts } from '../../store/counts.ts'
import { slices } from '../../store/slices.ts'
import type { HeldRows } from '../../store/sources/held-rows.ts'
import type { Counts } from '../../store/sources/signals.ts'
import type { NumberReader } from '../cells/numbers.ts'
import { isRefusal, type Refusal } from '../cells/values.ts'
import type { Csv } from '../files/csv.ts'
import type { CsvRow } from '../files/records.ts'
import type { Rejects } from '../files/rejects.ts'
import type { LoadReport } from './loading.ts'

/** How to load one kind of row; `read` returns undefined if the number format must be determined first. */
export type RowWork<T> = {
  /** Rows saved together. */
  readonly size: number
  readonly numbers?: NumberReader
  read(row: CsvRow): T | Refusal | undefined
  save(rows: readonly T[], later?: HeldRows<T>): Promise<Counts>
}

/** Reads the rows of a file, saves the good ones and rejects the others. */
export async function loadRows<T extends object>(
  csv: Csv,
  rejects: Rejects,
  { size, numbers, read, save }: RowWork<T>,
): Promise<Omit<LoadReport, 'notes'>> {
  const report = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 }
  const later: HeldRows<T> = new Map()
  let waiting: T[] = []
  const flush = async () => {
    addCounts(report, await save(waiting, later))
    waiting = []
  }
  for await (const batch of csv.batches) {
    for (const row of batch) {
      report.read += 1
      let result = isRefusal(row) ? row : read(row)
      if (result === undefined || isRefusal(result)) await numbers?.settle()
      result ??= read(row)
      if (result === undefined) throw new Error('numbers stay unsettled')
      if (isRefusal(result)) {
        report.rejected += 1
        rejects.add({ ...row, reason: result.reason }, { names: csv.names, isForeign: numbers?.isForeign })
      } else waiting.push(result)
    }
    if (waiting.length >= size) await flush()
  }
  await flush()
  for (const rows of slices([...later.values()], size)) addCounts(report, await save(rows))
  return report
}
