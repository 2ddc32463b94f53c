import { isRefusal } from '../cells/values.ts'
import type { AccountFinder, FoundBy } from '../translate/account-finder.ts'
import type { Meaning } from './meanings.ts'
import type { ColumnProfile } from './profile.ts'

type Written = Readonly<Record<string, unknown>>

export type ProposedRef = {
  readonly written: Written
  readonly column: ColumnProfile
  readonly by: FoundBy
  /** How many of its values are known accounts. */
  readonly share: number
}

/** Values of a column that are looked up. */
const LOOKED_UP = 400

const USUAL: Readonly<Partial<Record<Meaning, readonly FoundBy[]>>> = {
  account_id: ['id', 'name'],
  account_name: ['name', 'id'],
  domain: ['domain'],
  email: ['email'],
  user: ['email'],
  row_id: ['id'],
}

/** How to find the accounts of a file: by whatever finds most of the known ones; if none, by name. */
export function accountRefs(
  columns: readonly ColumnProfile[],
  meanings: ReadonlyMap<string, Meaning>,
  finder: AccountFinder,
  hasAccounts: boolean,
): ProposedRef[] {
  const ways = columns.flatMap(column => {
    const meaning = meanings.get(column.name)
    return (meaning === undefined ? [] : (USUAL[meaning] ?? [])).map((by, rank) => ({ column, by, rank, meaning }))
  })
  const found = ways.map(way => ({ ...way, share: hasAccounts ? shareFound(way.column, way.by, finder) : 0 }))
  const useful = found.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share)
  const chosen =
    useful.length > 0
      ? useful.slice(0, 3)
      : found
          .filter(({ rank, meaning }) => rank === 0 && meaning !== 'row_id' && meaning !== 'user')
          .sort((a, b) => order(a.by) - order(b.by))
  return chosen.map(({ column, by, share }) => ({ column, by, share, written: { [by]: column.name } }))
}

function order(by: FoundBy): number {
  return ['id', 'domain', 'name', 'email', 'attribute'].indexOf(by)
}

function shareFound({ values }: ColumnProfile, by: FoundBy, finder: AccountFinder): number {
  const texts = [...values.keys()].slice(0, LOOKED_UP)
  const found = texts.filter(text => !isRefusal(finder.find(by, text))).length
  return texts.length === 0 ? 0 : found / texts.length
}
