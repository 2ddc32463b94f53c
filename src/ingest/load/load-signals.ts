import { findAccountKeys } from '../../store/accounts/accounts.ts'
import type { NewSignal } from '../../store/sources/signals.ts'
import { readCsv } from '../files/csv.ts'
import { numbersOf } from '../files/look-through.ts'
import { nearMisses } from '../files/near-misses.ts'
import { mostFrequent, tally } from '../files/notes.ts'
import { numberPlaces, sameTimeNotes } from '../files/places.ts'
import type { CsvRow, Reject } from '../files/records.ts'
import { isRefusal } from '../files/values.ts'
import { type RefusedSignal, SIGNAL_COLUMNS, signalInRow, unreadable } from '../signals.ts'
import { unreadMetricNotes } from '../unread-metrics.ts'
import { writeTogether } from '../write-signals.ts'
import type { Load, LoadReport } from './loading.ts'

/** Rows sorted together before they are written. */
const SORTED_TOGETHER = 50_000

export async function loadSignals(load: Load): Promise<LoadReport> {
  const { connection, source, rejects, now, isHistory = false, decimal, facts } = load
  const csv = await readCsv(source, SIGNAL_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: SIGNAL_COLUMNS, columns: ['value'], decimal })
  const accounts = await findAccountKeys(connection.db)
  const reception = { accounts, now, isHistory }
  const together = writeTogether(connection, { isHistory })
  const places = numberPlaces(accounts)
  const unread = tally()
  const report = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 }
  let waiting: Waiting[] = []

  const flush = async () => {
    const rows = places.number(waiting)
    waiting = []
    const signals: NewSignal[] = []
    for (const row of rows) {
      if (!isRefusal(row)) {
        signals.push(row)
        continue
      }
      const { line, cells, raw, reason, id } = row
      report.rejected += 1
      rejects.add({ line, cells, raw, reason, id }, { names: csv.names, isForeign: numbers.isForeign })
    }
    add(report, await together.add(signals))
  }
  const readRow = (row: CsvRow | Reject) =>
    isRefusal(row) ? unreadable(row) : signalInRow(csv, row, reception, numbers)

  try {
    for await (const batch of csv.batches) {
      for (const row of batch) {
        report.read += 1
        let read = readRow(row)
        if (read === undefined || isRefusal(read)) await numbers.settle()
        read ??= readRow(row)
        if (read === undefined) throw new Error('numbers stay unsettled')
        if (isRefusal(read)) waiting.push({ ...row, ...read })
        else {
          waiting.push(read)
          if (facts?.metrics.has(read.metric) === false) unread.add(read.metric, `line ${row.line}`)
        }
      }
      if (waiting.length >= SORTED_TOGETHER) await flush()
    }
    await flush()
    add(report, await together.end())
  } finally {
    together.close()
    places.close()
  }
  const notes = [
    ...nearMisses(csv, SIGNAL_COLUMNS.known, 'is not read'),
    ...mostFrequent(unreadMetricNotes(unread.entries(), facts)),
    ...sameTimeNotes(places.numbered, 'file'),
  ]
  return { ...report, notes }
}

/** A row is kept beside what was read of it only where it is to be rejected. */
type Waiting = NewSignal | (RefusedSignal & CsvRow)

function add(total: Record<'added' | 'changed' | 'unchanged', number>, counts: Readonly<typeof total>): void {
  for (const outcome of ['added', 'changed', 'unchanged'] as const) total[outcome] += counts[outcome]
}
