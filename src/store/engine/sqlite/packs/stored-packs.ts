import type Sqlite from 'better-sqlite3'
import { prepared } from '../connection/prepared-statements.ts'

/** The packs of a week for some of these blocks: not every block has one. */
export function readPacks(sqlite: Sqlite.Database, week: number, blocks: readonly number[]): Map<number, Uint8Array> {
  const find = prepared<[number, number], Uint8Array | null>(
    sqlite,
    'SELECT columns FROM signal_packs WHERE week = ? AND block = ?',
    'values',
  )
  const packs = new Map<number, Uint8Array>()
  for (const block of blocks) {
    const bytes = find.get(week, block)
    if (bytes != null) packs.set(block, bytes)
  }
  return packs
}

/** `columns` is null if there are too many signals for one pack. */
export function storePack(sqlite: Sqlite.Database, week: number, block: number, columns: Uint8Array | null): void {
  prepared(sqlite, 'INSERT OR REPLACE INTO signal_packs (week, block, columns) VALUES (?, ?, ?)').run(
    week,
    block,
    columns,
  )
}
