import { readScoresByDay } from '../../store/scoring/scores-by-day.ts'
import type { Table } from './table.ts'

const COLUMNS = ['day', 'account_id', 'score', 'shown', 'band', 'verdict', 'coverage', 'segment', 'model'] as const

/** The stored daily scores, day by day. */
export const scores: Table = {
  columns: async () => COLUMNS,
  rows: ({ connection, since }) => readScoresByDay(connection.db, since),
}
