import type { Value } from '../../model/mapping/value.ts'
import { foldColumn } from '../cells/columns.ts'
import { withoutInvisible } from '../cells/invisible.ts'

/** Where the columns of a table stand, however a mapping writes their names; -1 where there is none. */
export type ColumnIndex = (name: string) => number

export function columnIndex(columns: readonly string[]): ColumnIndex {
  const exact = new Map(columns.map((name, at) => [name, at] as const))
  const folded = new Map(columns.map((name, at) => [foldColumn(name), at] as const))
  // "Started at (UTC)" is "Started at".
  const bare = new Map(columns.map((name, at) => [foldColumn(withoutZone(name)), at] as const))
  return name => exact.get(name) ?? folded.get(foldColumn(name)) ?? bare.get(foldColumn(withoutZone(name))) ?? -1
}

function withoutZone(name: string): string {
  return name.replace(/\s*\((?:utc|gmt|local(?: time)?)\)$/i, '')
}

/** The text of the first column that is filled, else '': a constant is for `readers` to give. */
export function filledCell(value: Value, index: ColumnIndex): (cells: readonly string[]) => string {
  const places = value.column.map(index).filter(place => place !== -1)
  return cells => {
    for (const place of places) {
      const text = withoutInvisible(cells[place] ?? '').trim()
      if (text !== '') return text
    }
    return ''
  }
}
