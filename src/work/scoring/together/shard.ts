import { BLOCK } from '../../../store/engine/packs/block.ts'

/** Accounts that are scored together: whole blocks, since what a block has packed is read as a whole. */
export const SHARD = 2 * BLOCK

export function shardOf(account: number): number {
  return Math.floor(account / SHARD)
}

/** The keys that the accounts of a shard can have. */
export function accountsOf(shard: number): number[] {
  return Array.from({ length: SHARD }, (_, at) => shard * SHARD + at)
}
