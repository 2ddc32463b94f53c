import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import { addCounts } from '../../store/counts.ts'
import type { Places } from '../../store/engine/signals/batch-order.ts'
import type { SignalBatch } from '../../store/engine/signals/signal-batch.ts'
import { listMetrics } from '../../store/sources/metrics.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { readCsv } from '../files/csv.ts'
import { numbersOf } from '../files/look-through.ts'
import { mostFrequent } from '../files/notes.ts'
import { numberRows } from '../signals/numbering.ts'
import { SIGNAL_COLUMNS } from '../signals/read-signal.ts'
import { sameTimeNotes } from '../signals/same-time.ts'
import { unreadMetricNotes } from '../signals/unread-metrics.ts'
import { writeTogether } from '../signals/write-signals.ts'
import type { Load, LoadReport } from './loading.ts'
import { signalFile } from './signal-batches.ts'

export async function loadSignals(load: Load): Promise<LoadReport> {
  const { connection, source, rejects, now, isHistory = false, decimal, facts } = load
  const csv = await readCsv(source, SIGNAL_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: SIGNAL_COLUMNS, columns: ['value'], decimal })
  const accounts = await findAccountKeys(connection.db)
  const file = signalFile(csv, numbers, { accounts, now, isHistory }, await listMetrics(connection.db))
  const together = writeTogether(connection, { isHistory })
  const numbering = numberRows(accounts, csv.bytes && (() => file.read(source.again())))
  const unread = unreadMetrics(facts, file.firstLines)
  const report = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 }
  try {
    for await (const read of file.read()) {
      const { batch, refused } = read
      const order = await numbering.number(read)
      for (const { place, row, read } of refused) {
        const { line, cells, raw } = row
        const reject = { line, cells, raw, reason: read.reason, id: batch.id[place] ?? read.id }
        rejects.add(reject, { names: csv.names, isForeign: numbers.isForeign })
      }
      report.read += batch.length
      report.rejected += refused.length
      unread.count(batch, order)
      addCounts(report, await together.add(batch, order))
    }
    addCounts(report, await together.end())
  } finally {
    await together.close()
    numbering.close()
  }
  const notes = [
    ...nearMisses(csv, SIGNAL_COLUMNS.known, 'is not read'),
    ...mostFrequent(unreadMetricNotes(unread.entries(), facts)),
    ...sameTimeNotes(numbering.numbered, 'file'),
  ]
  return { ...report, notes }
}

/** Counts signals of metrics that no measure reads, each with the line of its first. */
function unreadMetrics(facts: Load['facts'], firstLines: readonly number[]) {
  const counts = new Map<number, { readonly name: string; count: number }>()
  return {
    count(batch: SignalBatch, order: Places): void {
      const rows = new Uint32Array(batch.metrics.all.length)
      for (let at = 0; at < order.length; at += 1) {
        const metric = batch.metric[order[at] ?? 0] ?? 0
        rows[metric] = (rows[metric] ?? 0) + 1
      }
      for (const [metric, name] of batch.metrics.all.entries()) {
        if (rows[metric] === 0 || facts?.metrics.has(name) !== false) continue
        counts.set(metric, { name, count: (counts.get(metric)?.count ?? 0) + (rows[metric] ?? 0) })
      }
    },
    entries: () =>
      [...counts]
        .map(([metric, { name, count }]) => ({ name, count, line: firstLines[metric] ?? 0 }))
        .sort((a, b) => a.line - b.line)
        .map(({ name, count, line }): [string, { count: number; example: string }] => [
          name,
          { count, example: `line ${line}` },
        ]),
  }
}
