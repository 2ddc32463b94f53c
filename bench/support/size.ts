/** `npm run bench -- score --large`. */
export const isLarge = process.argv.includes('--large')

export type Size = {
  readonly accounts: number
  readonly days: number
  /** 1 is 181 signals an account in 90 days; 1.4 is 129. */
  readonly spacing: number
}

export const SMALL: Size = { accounts: 10_000, days: 90, spacing: 1 }

/** 13 million signals. */
export const LARGE: Size = { accounts: 100_000, days: 90, spacing: 1.4 }

export const SIZE: Size = isLarge ? LARGE : SMALL
