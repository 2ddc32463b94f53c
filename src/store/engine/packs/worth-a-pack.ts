import { groupedBy } from '../../../domain/grouped.ts'
import type { AccountKeys } from '../account-keys.ts'
import { blockOf } from './block.ts'

/** Accounts of a block from which on a pack is read faster than their rows. */
export const WORTH_A_PACK = 32

/** The blocks with enough accounts among these. */
export function blocksWorthAPack(accounts: AccountKeys): number[] {
  const blocks = groupedBy(accounts, blockOf)
  return [...blocks.keys()].filter(block => (blocks.get(block)?.length ?? 0) >= WORTH_A_PACK)
}
