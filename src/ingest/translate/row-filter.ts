import type { RowClause } from '../../model/mapping/value.ts'
import { type ColumnIndex, filledCell } from '../rules/record-columns.ts'
import { foldWord } from './readers.ts'

/** Whether a row is meant; else in words what leaves it out. */
export type RowFilter = (cells: readonly string[]) => true | string

/** All clauses hold. One about a column that the file lacks is left aside. */
export function rowFilter(clauses: readonly RowClause[] = [], index: ColumnIndex): RowFilter {
  const checks = clauses
    .filter(({ column }) => column.some(name => index(name) !== -1))
    .map(clause => check(clause, index))
  return cells => {
    for (const check of checks) {
      const answer = check(cells)
      if (answer !== true) return answer
    }
    return true
  }
}

function check(clause: RowClause, index: ColumnIndex): RowFilter {
  const { column: columns, is, is_not, one_of, none_of, filled, contains, lacks } = clause
  const cell = filledCell({ column: columns }, index)
  const each = columns.map(name => filledCell({ column: [name] }, index))
  const column = columns.find(name => index(name) !== -1) ?? ''
  const folded = (words: readonly string[] | undefined) => (words ?? []).map(foldWord)
  const [parts, absent] = [folded(contains), folded(lacks)]
  const wanted = new Set(folded([...(is === undefined ? [] : [is]), ...(one_of ?? [])]))
  const unwanted = new Set(folded([...(is_not === undefined ? [] : [is_not]), ...(none_of ?? [])]))
  return cells => {
    const text = cell(cells)
    if (parts.length + absent.length > 0) {
      const words = foldWord(each.map(part => part(cells)).join(' '))
      if (parts.length > 0 && !parts.some(part => words.includes(part)))
        return `${column} does not contain ${parts.join(' or ')}`
      const found = absent.find(part => words.includes(part))
      if (found !== undefined) return `${column} contains ${found}`
    }
    if (filled !== undefined && (text !== '') !== filled) return `${column} is ${filled ? 'empty' : 'filled'}`
    if (wanted.size > 0 && !wanted.has(foldWord(text))) return `${column} is ${text === '' ? 'empty' : short(text)}`
    return unwanted.has(foldWord(text)) ? `${column} is ${text === '' ? 'empty' : short(text)}` : true
  }
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
}
