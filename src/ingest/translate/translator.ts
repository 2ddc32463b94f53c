import type { Instant } from '../../domain/time/instant.ts'
import type { AccountRef } from '../../model/mapping/value.ts'
import { isRefusal, type Refusal, refuse } from '../cells/values.ts'
import type { ColumnIndex } from '../rules/record-columns.ts'
import type { AccountFinder } from './account-finder.ts'
import type { OwnerFinder } from './owners.ts'
import { LEFT_OUT, type Readers } from './readers.ts'

/** What one row of a file became: rows of a kind, reasons against it, or why it is not meant. */
export type Translated = {
  readonly rows: readonly (readonly string[])[]
  readonly reasons: readonly string[]
  readonly leftOut?: string
}

/** Turns rows of a file into rows of one kind, in the columns that its loader knows. */
export type Translator = {
  readonly columns: readonly string[]
  take(cells: readonly string[]): Translated
  /** Rows that were made of several. */
  end(): Iterable<readonly string[]>
  /** What to say of the file once it was read. */
  remarks?(): readonly string[]
}

/** What translators read rows with. */
export type Translation = {
  readonly readers: Readers
  readonly index: ColumnIndex
  readonly finder: AccountFinder
  readonly owners: OwnerFinder
  readonly source: string
  readonly fileDay: Instant
}

export const NOTHING: Translated = { rows: [], reasons: [] }

/** The account of a row by the first way that finds one. */
export function accountReader(
  refs: readonly AccountRef[],
  { readers, finder }: Pick<Translation, 'readers' | 'finder'>,
): (cells: readonly string[]) => { readonly id: string; readonly name: string } | Refusal | typeof LEFT_OUT {
  const ways = refs.map(ref => ({ ref, read: readers.text(ref) }))
  const columns = refs.map(({ column }) => column[0]).join(', ')
  return cells => {
    let first: Refusal | undefined
    for (const { ref, read } of ways) {
      const text = read(cells)
      if (text === LEFT_OUT) return LEFT_OUT
      if (text === undefined) continue
      if (typeof text !== 'string') return text
      const found = finder.find(ref.by, text, ref.attribute)
      if (!isRefusal(found)) return found
      first ??= found
    }
    return first ?? refuse(`${columns} is empty`)
  }
}
