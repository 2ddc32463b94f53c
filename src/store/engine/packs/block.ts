import type { AccountKeys } from '../account-keys.ts'

/** Accounts whose signals of a week lie in one piece, and which one claim of a shared scoring is about. */
export const BLOCK = 256

export function blockOf(account: number): number {
  return Math.floor(account / BLOCK)
}

/** The keys that the accounts of a block can have. */
export function keysOfBlock(block: number): AccountKeys {
  return Array.from({ length: BLOCK }, (_, at) => block * BLOCK + at)
}
