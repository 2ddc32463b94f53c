import { type AccountKeys, keysFrom } from '../account-keys.ts'

/** Accounts whose signals of a week lie in one piece. */
export const BLOCK = 256

export function blockOf(account: number): number {
  return Math.floor(account / BLOCK)
}

/** The keys that the accounts of a block can have. */
export function keysOfBlock(block: number): AccountKeys {
  return keysFrom(block * BLOCK, BLOCK)
}
