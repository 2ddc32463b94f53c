import { arrText, signed } from './amounts.ts'

/** What a line says of an account. */
export type AccountLine = {
  readonly id: string
  readonly name: string
  readonly verdict: string
  readonly shown?: number
  readonly change?: number
  readonly reason: string
  readonly arr?: number
  readonly currency?: string
}

/** "-12 in 30 days", where it is known. */
export function changeWords({ change }: Pick<AccountLine, 'change'>): string[] {
  return change === undefined ? [] : [`${signed(change)} in 30 days`]
}

/** "ARR $240K", where it is known. */
export function arrWords({ arr, currency }: Pick<AccountLine, 'arr' | 'currency'>): string[] {
  return arr === undefined ? [] : [`ARR ${arrText(arr, currency)}`]
}
