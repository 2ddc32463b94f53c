/** Accounts whose signals of a week lie in one piece. */
export const BLOCK = 256

export function blockOf(account: number): number {
  return Math.floor(account / BLOCK)
}

/** The keys that the accounts of a block can have. */
export function accountsOf(block: number): number[] {
  return Array.from({ length: BLOCK }, (_, at) => block * BLOCK + at)
}
