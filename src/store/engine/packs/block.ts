import type { AccountKeys } from '../account-keys.ts'

/** Accounts in a block: their signals of a week are packed together, and a shared scoring claims them together. */
export const BLOCK = 256

export function blockOf(account: number): number {
  return Math.floor(account / BLOCK)
}

/** The keys that the accounts of a block can have. */
export function keysOfBlock(block: number): AccountKeys {
  return Array.from({ length: BLOCK }, (_, at) => block * BLOCK + at)
}
