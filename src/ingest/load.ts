import { findAccountKeys } from '../store/accounts.ts'
import { COMMENT_COLUMNS, commentInRow } from './comments.ts'
import { readCsv } from './csv.ts'
import { loadAccounts } from './load-accounts.ts'
import { loadPeople } from './load-people.ts'
import { loadRows } from './load-rows.ts'
import { loadSignals } from './load-signals.ts'
import type { Load, LoadReport } from './loading.ts'
import { numbersOf } from './look-through.ts'
import { nearMisses } from './near-misses.ts'
import { writeComments } from './write-comments.ts'

export type LoadedKind = 'accounts' | 'people' | 'signals' | 'comments'

export const LOADERS: Record<LoadedKind, (load: Load) => Promise<LoadReport>> = {
  accounts: loadAccounts,
  people: loadPeople,
  signals: loadSignals,
  comments: loadComments,
}

const NOT_READ = 'is not read'

async function loadComments({ connection, source, rejects, now, isHistory, decimal }: Load): Promise<LoadReport> {
  const csv = await readCsv(source, COMMENT_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: COMMENT_COLUMNS, columns: ['sentiment'], decimal })
  const reception = { accounts: await findAccountKeys(connection.db), now, isHistory: isHistory ?? false }
  const report = await loadRows(csv, rejects, {
    size: 500,
    numbers,
    read: row => commentInRow(csv, row, reception, numbers),
    save: (rows, later) => writeComments(connection, rows, { isHistory: reception.isHistory, later }),
  })
  return { ...report, notes: nearMisses(csv, COMMENT_COLUMNS.known, NOT_READ) }
}
