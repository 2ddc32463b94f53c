/** The metric that a pulse is a signal of. */
export const PULSE_METRIC = 'csm_pulse'

export const RATINGS = [1, 2, 3, 4, 5] as const

/** What the ratings mean, so that two people mean the same by them. */
export const RATING_WORDS: Readonly<Record<(typeof RATINGS)[number], string>> = {
  1: 'I expect to lose them',
  2: 'Serious concerns',
  3: 'Neither good nor bad',
  4: 'Good, with small wishes',
  5: 'They would recommend us',
}

export const MOST_REASONS = 3

/** Why: the codes that a pulse may carry, so that reasons can be counted. */
export const REASON_CODES = {
  adoption: 'Adoption of the product',
  support: 'Support and complaints',
  value: 'Value and results',
  sponsor: 'Sponsor or contacts',
  price: 'Price or contract',
  competitor: 'A competitor',
  product_gap: 'Something missing in the product',
  growth: 'Wants to grow',
} as const

export type ReasonCode = keyof typeof REASON_CODES
