import type { Instant } from '../time/instant.ts'

/** How long an act can be undone. */
export const UNDO_FOR = 10 * 60_000

/** Columns of one alert or task: as they were before an act, and as the act left them. */
export type Reversal = {
  readonly of: 'alert' | 'task'
  readonly id: string
  readonly before: Readonly<Record<string, string | number | null>>
  readonly after: Readonly<Record<string, string | number | null>>
}

/** One act, by the alert or task that it was about; the first of its reversals is that one. */
export type Undo = {
  readonly id: string
  readonly at: Instant
  readonly who: string
  readonly subject: { readonly of: 'alert' | 'task'; readonly id: string }
  /** The account's key. */
  readonly account: number
  readonly reversals: readonly Reversal[]
}

/** Whether it is too late. */
export function isOver({ at }: Pick<Undo, 'at'>, now: Instant): boolean {
  return now >= at + UNDO_FOR
}
