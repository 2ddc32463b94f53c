import { groupedBy } from '../../grouped.ts'
import { seeded, shuffled } from './seeded.ts'

/** What is learned from, and what is held back to see how well that went. */
export type Split<T> = { readonly train: readonly T[]; readonly test: readonly T[] }

/**
 * Cuts cases into folds: all of an account are in one, so that nothing of it is known before it is asked about. Accounts
 * with something bad are dealt out first, that each fold has some.
 */
export function foldsByAccount<T extends { readonly account: number; readonly isBad: boolean }>(
  cases: readonly T[],
  folds: number,
  seed: number,
): Split<T>[] {
  const accounts = shuffled([...groupedBy(cases, ({ account }) => account).values()], seeded(seed))
  const dealt = accounts.toSorted((a, b) => Number(b.some(isBad)) - Number(a.some(isBad)))
  const parts = Array.from({ length: folds }, (_, fold) => dealt.filter((_, at) => at % folds === fold).flat())
  return parts.map((test, fold) => ({ test, train: parts.filter((_, other) => other !== fold).flat() }))
}

/** In the order of time: each part is asked about with what came before it alone. */
export function foldsByTime<T extends { readonly on: string }>(cases: readonly T[], folds: number): Split<T>[] {
  const sorted = cases.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const start = (fold: number) => Math.floor((sorted.length * fold) / folds)
  return Array.from({ length: folds - 1 }, (_, at) => ({
    train: sorted.slice(0, start(at + 1)),
    test: sorted.slice(start(at + 1), start(at + 2)),
  }))
}

function isBad(one: { readonly isBad: boolean }): boolean {
  return one.isBad
}
