import type { ColumnProfile } from '../clues/profile.ts'

/** The id of a row as a mapping writes it, where its column tells rows apart. */
export function idOf(column: ColumnProfile | undefined): { id?: string } {
  return column?.isUnique ? { id: column.name } : {}
}
