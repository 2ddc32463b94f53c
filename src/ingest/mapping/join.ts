import { BotError } from '../../errors.ts'
import type { Mapping } from '../../model/mapping/mapping.ts'
import { withoutInvisible } from '../cells/invisible.ts'
import { isRefusal } from '../cells/values.ts'
import { columnIndex } from '../rules/record-columns.ts'
import { withMoreColumns } from '../tables/more-columns.ts'
import type { Table } from '../tables/table.ts'

/** Rows of the second file that are held in memory. */
const MOST_JOINED = 1_000_000

/** The columns of a second file go by this before their names. */
export const WITH = 'with.'

/** The table with the columns of another beside its own, row by row, where the two columns are equal. Throws a `BotError`. */
export async function joinTables(table: Table, other: Table, on: NonNullable<Mapping['with']>): Promise<Table> {
  const here = placeOf(table, on.column)
  const there = placeOf(other, on.is)
  const rows = new Map<string, readonly string[]>()
  for await (const batch of other.rows()) {
    for (const row of batch) if (!isRefusal(row)) rows.set(keyOf(row.cells[there]), row.cells)
    if (rows.size > MOST_JOINED) {
      throw new BotError(
        'too_large',
        `${other.name} has more than a million rows.`,
        'Only a smaller file can be joined.',
      )
    }
  }
  const nothing = other.columns.map(() => '')
  const names = other.columns.map(name => `${WITH}${name}`)
  return withMoreColumns(table, names, cells => {
    const key = keyOf(cells[here])
    return (key === '' ? undefined : rows.get(key)) ?? nothing
  })
}

function keyOf(cell: string | undefined): string {
  return withoutInvisible(cell ?? '').trim()
}

function placeOf(table: Table, column: string): number {
  const at = columnIndex(table.columns)(column)
  if (at !== -1) return at
  throw new BotError('missing_column', `${table.name} lacks the column ${column}, by which the files are joined.`)
}
