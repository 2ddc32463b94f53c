import type Sqlite from 'better-sqlite3'
import { groupedBy } from '../../../../domain/grouped.ts'
import type { AccountKeys } from '../../account-keys.ts'
import { blockOf } from '../../block.ts'
import { prepared } from '../prepared-statements.ts'
import { type Pack, packFrom } from './pack.ts'

/** Accounts of a block from which on a pack is read faster than their rows. */
export const WORTH_A_PACK = 32

/** The blocks of which so many accounts are among these. */
export function blocksWorthAPack(accounts: AccountKeys): number[] {
  const blocks = groupedBy(accounts, blockOf)
  return [...blocks.keys()].filter(block => (blocks.get(block)?.length ?? 0) >= WORTH_A_PACK)
}

/** The packs of a week for some of these blocks: not every block has one. */
export function readPacks(sqlite: Sqlite.Database, week: number, blocks: readonly number[]): Map<number, Pack> {
  const find = prepared<[number, number], Uint8Array | null>(
    sqlite,
    'SELECT columns FROM signal_packs WHERE week = ? AND block = ?',
    'values',
  )
  const packs = new Map<number, Pack>()
  for (const block of blocks) {
    const bytes = find.get(week, block)
    if (bytes != null) packs.set(block, packFrom(bytes))
  }
  return packs
}

/** `columns` are null where there are too many signals for one pack. */
export function storePack(sqlite: Sqlite.Database, week: number, block: number, columns: Uint8Array | null): void {
  prepared(sqlite, 'INSERT OR REPLACE INTO signal_packs (week, block, columns) VALUES (?, ?, ?)').run(
    week,
    block,
    columns,
  )
}
