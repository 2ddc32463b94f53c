import { groupedBy } from '../../../domain/grouped.ts'
import type { AccountKeys } from '../account-keys.ts'
import { blockOf } from './block.ts'

/** From this many accounts of a block on, a pack is faster to read than their rows. */
export const WORTH_A_PACK = 32

/** The blocks that have enough of these accounts. */
export function blocksWorthAPack(accounts: AccountKeys): number[] {
  const blocks = groupedBy(accounts, blockOf)
  return [...blocks.keys()].filter(block => (blocks.get(block)?.length ?? 0) >= WORTH_A_PACK)
}
