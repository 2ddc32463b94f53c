import type { AccountFinder } from '../translate/account-finder.ts'
import { accountRefs } from './account-refs.ts'
import { type Meaning, meaningsOf } from './meanings.ts'
import type { ColumnProfile, Profile } from './profile.ts'

/** The best of a pulse. */
export const FINE = 5

/** What can be told about a file before anybody says what it is. */
export type Clues = {
  readonly columns: readonly ColumnProfile[]
  readonly meanings: ReadonlyMap<string, Meaning>
  /** The first column that means this. */
  one(meaning: Meaning): ColumnProfile | undefined
  /** How to find its accounts, as a mapping writes it; undefined if no column says. */
  readonly account: unknown
  /** Whether some of its accounts are known already. */
  readonly isKnown: boolean
  /** The column or value that gives new accounts their ids, where none is known yet. */
  readonly newId: unknown
  readonly isOnePerAccount: boolean
  /** Columns of numbers without another meaning. */
  readonly figures: readonly ColumnProfile[]
  /** Metrics that the model reads. */
  readonly ofModel: ReadonlySet<string>
}

export function cluesOf(
  { columns }: Profile,
  { finder, hasAccounts, ofModel }: { finder: AccountFinder; hasAccounts: boolean; ofModel: ReadonlySet<string> },
): Clues {
  const meanings = meaningsOf(columns)
  const one = (meaning: Meaning) => columns.find(({ name }) => meanings.get(name) === meaning)
  const refs = accountRefs(columns, meanings, finder, hasAccounts)
  const account =
    refs.length === 0 ? undefined : refs.length === 1 ? refs[0]?.written : refs.map(({ written }) => written)
  const [id, name] = [one('account_id') ?? (one('row_id')?.isUnique ? one('row_id') : undefined), one('account_name')]
  const key = refs[0]?.column ?? id ?? name
  const isKnown = (refs[0]?.share ?? 0) > 0
  const figures = columns.filter(
    ({ name, numbers, isDate, filled }) =>
      name !== '' && filled > 0 && numbers >= 0.9 && !isDate && !isTaken(meanings.get(name)),
  )
  return {
    columns,
    meanings,
    one,
    account,
    isKnown,
    newId:
      id !== undefined && (!isKnown || refs[0]?.by === 'id')
        ? id.name
        : hasAccounts || name === undefined
          ? undefined
          : { column: name.name, as: 'slug' },
    isOnePerAccount: key?.isUnique === true,
    figures,
    ofModel,
  }
}

/** In a table of figures NPS is one of them. */
function isTaken(meaning: Meaning | undefined): boolean {
  return meaning !== undefined && meaning !== 'nps' && meaning !== 'csat' && meaning !== 'pulse'
}
