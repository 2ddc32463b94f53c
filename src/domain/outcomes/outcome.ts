import { groupedBy } from '../grouped.ts'
import type { Day, Instant } from '../time/instant.ts'

/** From the worst: of several on one day the first counts. */
export const OUTCOME_KINDS = ['churned', 'contracted', 'renewed', 'expanded'] as const

export type OutcomeKind = (typeof OUTCOME_KINDS)[number]

/** What really happened to an account. `account` is its key. */
export type Outcome = {
  readonly account: number
  readonly kind: OutcomeKind
  readonly on: Day
  readonly arr?: number
  /** Why, in a word or two, such as `price`. */
  readonly reasonCode?: string
  readonly note?: string
  /** Where it came from, such as `csv`, or who said it. */
  readonly source: string
  readonly recordedAt: Instant
}

export function outcomeKindOrNone(text: string): OutcomeKind | undefined {
  const word = text.trim().toLowerCase()
  return OUTCOME_KINDS.find(kind => kind === word)
}

/** What a score should have warned of. */
export function isBad({ kind }: Pick<Outcome, 'kind'>): boolean {
  return kind === 'churned' || kind === 'contracted'
}

/** One outcome for each account and day, the worst of them, in the order of their days. */
export function worstOfEachDay(outcomes: readonly Outcome[]): Outcome[] {
  const rank = ({ kind }: Outcome) => OUTCOME_KINDS.indexOf(kind)
  const byDay = groupedBy(outcomes, ({ account, on }) => `${account} ${on}`)
  return [...byDay.values()]
    .flatMap(same => same.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.account - b.account))
}
