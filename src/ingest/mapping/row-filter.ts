import type { RowClause } from '../../model/mapping/value.ts'
import { foldWord } from './readers.ts'
import { type ColumnIndex, filledCell } from './record-columns.ts'

/** Whether a row is meant; else in words what leaves it out. */
export type RowFilter = (cells: readonly string[]) => true | string

/** All clauses hold. One about a column that the file lacks is left aside. */
export function rowFilter(clauses: readonly RowClause[] = [], index: ColumnIndex): RowFilter {
  const checks = clauses.filter(({ column }) => index(column) !== -1).map(clause => check(clause, index))
  return cells => {
    for (const check of checks) {
      const answer = check(cells)
      if (answer !== true) return answer
    }
    return true
  }
}

function check({ column, is, is_not, one_of, none_of, filled }: RowClause, index: ColumnIndex): RowFilter {
  const cell = filledCell({ column: [column] }, index)
  const wanted = new Set([...(is === undefined ? [] : [is]), ...(one_of ?? [])].map(foldWord))
  const unwanted = new Set([...(is_not === undefined ? [] : [is_not]), ...(none_of ?? [])].map(foldWord))
  return cells => {
    const text = cell(cells)
    if (filled !== undefined && (text !== '') !== filled) return filled ? `${column} is empty` : `${column} is filled`
    if (wanted.size > 0 && !wanted.has(foldWord(text))) return `${column} is ${text === '' ? 'empty' : short(text)}`
    return unwanted.has(foldWord(text)) ? `${column} is ${text === '' ? 'empty' : short(text)}` : true
  }
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
}
