import { type AccountKeys, keysFrom } from '../../../store/engine/account-keys.ts'
import { BLOCK } from '../../../store/engine/packs/block.ts'

/** The accounts of one claim: a whole block, since its pack is read as a whole. */
export const SHARD = BLOCK

export function shardOf(account: number): number {
  return Math.floor(account / SHARD)
}

/** The keys that the accounts of a shard can have. */
export function keysOfShard(shard: number): AccountKeys {
  return keysFrom(shard * SHARD, SHARD)
}
