/** What may be shown next to the number and its word; the number is always there. */
export const SCORE_FORMATS = ['words', 'grade', 'rank'] as const
export type ScoreFormat = (typeof SCORE_FORMATS)[number]

/** A place in the portfolio by the shown score; equal scores share one. */
export type Rank = { readonly place: number; readonly of: number }
