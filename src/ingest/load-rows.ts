import type { HeldRows } from '../store/held-rows.ts'
import type { Counts } from '../store/signals.ts'
import { slices } from '../store/slices.ts'
import type { Csv } from './csv.ts'
import type { LoadReport } from './loading.ts'
import type { NumberReader } from './numbers.ts'
import type { CsvRow } from './records.ts'
import type { Rejects } from './rejects.ts'
import { isRefusal, type Refusal } from './values.ts'

/** What to do with the rows of a file; `read` gives undefined where its numbers must be settled first. */
export type RowWork<T> = {
  /** Rows saved together. */
  readonly size: number
  readonly numbers?: NumberReader
  read(row: CsvRow): T | Refusal | undefined
  save(rows: readonly T[], later?: HeldRows<T>): Promise<Counts>
}

/** Reads the rows of a file, saves the good ones and puts the others among the rejects. */
export async function loadRows<T extends object>(
  csv: Csv,
  rejects: Rejects,
  { size, numbers, read, save }: RowWork<T>,
): Promise<Omit<LoadReport, 'notes'>> {
  const report = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 }
  const later: HeldRows<T> = new Map()
  let waiting: T[] = []
  const count = (counts: Counts) => {
    for (const outcome of ['added', 'changed', 'unchanged'] as const) report[outcome] += counts[outcome]
  }
  const flush = async () => {
    count(await save(waiting, later))
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
  for (const rows of slices([...later.values()], size)) count(await save(rows))
  return report
}
