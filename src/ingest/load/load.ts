import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { COMMENT_COLUMNS, commentInRow } from '../comments/comments.ts'
import { writeComments } from '../comments/write-comments.ts'
import { readCsv } from '../files/csv.ts'
import { numbersOf } from '../files/look-through.ts'
import { loadAccounts } from './load-accounts.ts'
import { loadOutcomes } from './load-outcomes.ts'
import { loadPeople } from './load-people.ts'
import { loadRows } from './load-rows.ts'
import { loadSignals } from './load-signals.ts'
import type { Load, LoadReport } from './loading.ts'

export const LOADED_KINDS = ['accounts', 'people', 'signals', 'comments', 'outcomes'] as const

export type LoadedKind = (typeof LOADED_KINDS)[number]

export const LOADERS: Record<LoadedKind, (load: Load) => Promise<LoadReport>> = {
  accounts: loadAccounts,
  people: loadPeople,
  signals: loadSignals,
  comments: loadComments,
  outcomes: loadOutcomes,
}

const NOT_READ = 'is not read'

async function loadComments(load: Load): Promise<LoadReport> {
  const { connection, source, rejects, now, isHistory, decimal, platforms, facts } = load
  const csv = await readCsv(source, COMMENT_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: COMMENT_COLUMNS, columns: ['sentiment'], decimal })
  const reception = { accounts: await findAccountKeys(connection.db), now, isHistory: isHistory ?? false }
  const report = await loadRows(csv, rejects, {
    size: 500,
    numbers,
    read: row => commentInRow(csv, row, reception, numbers, platforms),
    save: (rows, later) =>
      writeComments(connection, rows, { isHistory: reception.isHistory, later, rules: facts?.comments }),
  })
  return { ...report, notes: nearMisses(csv, COMMENT_COLUMNS.known, NOT_READ) }
}
