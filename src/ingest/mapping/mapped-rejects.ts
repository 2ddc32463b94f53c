import { isRefusal } from '../cells/values.ts'
import type { CsvRow } from '../files/records.ts'
import type { Rejects } from '../files/rejects.ts'
import type { Table } from '../tables/table.ts'

/** Rows that a loader refused, and are looked up again in the file at its end. */
const MOST_PENDING = 200_000

/** Lines whose row is remembered: loaders refuse soon after they read. */
const REMEMBERED = 1 << 18

/** Rejected rows of a file with a mapping: each once, as its own file has it. */
export type MappedRejects = {
  /** For a row that could not be translated. */
  reject(row: CsvRow, reasons: readonly string[]): void
  /** Of the rows that are loaded from here on: which line was made of which row. */
  wrote(line: number, row: number): void
  /** For the loader. */
  readonly ofLoader: Rejects
  /** Writes what the loader refused. */
  finish(): Promise<void>
  readonly count: number
}

export function mappedRejects(table: Table, width: number, rejects: Rejects): MappedRejects {
  const seen = new Set<number>()
  const pending = new Map<number, string>()
  const rows = new Uint32Array(REMEMBERED)
  let others = 0
  const from = { names: table.columns.slice(0, width) }
  return {
    reject(row, reasons) {
      if (seen.has(row.line)) return
      seen.add(row.line)
      rejects.add({ ...row, cells: row.cells.slice(0, width), reason: reasons.join('; ') }, from)
    },
    wrote(line, row) {
      rows[line % REMEMBERED] = row
    },
    ofLoader: {
      add({ line, reason, cells, raw }) {
        const row = rows[line % REMEMBERED] ?? 0
        if (row !== 0 && pending.size < MOST_PENDING) {
          pending.set(row, pending.has(row) ? `${pending.get(row)}; ${reason}` : reason)
          return
        }
        // Made of several rows, it has none of its own.
        others += 1
        rejects.add({ line: row, reason, cells: [cells.join(' ')], raw }, from)
      },
      close() {},
    },
    async finish() {
      if (pending.size === 0) return
      for await (const batch of table.rows()) {
        for (const row of batch) {
          const reason = pending.get(row.line)
          if (reason !== undefined && !isRefusal(row)) this.reject(row, [reason])
        }
      }
      pending.clear()
    },
    get count() {
      return seen.size + others
    },
  }
}
