import { LONGEST_LINE } from '../files/lines.ts'
import { tooMuch } from './json-shape.ts'

/**
 * Cuts a JSON text, as it comes in, into the texts of its rows: the elements of the array that it is, or the one value.
 * Whether they are JSON is for the parser to say. Undefined at the end where the array
 * was not closed, or something stands after it.
 */
export type RowCutter = {
  /** The rows that are whole by now. */
  take(text: string): string[]
  end(): string[] | undefined
}

export function createRowCutter(): RowCutter {
  let place: 'before' | 'value' | 'array' | 'after' = 'before'
  let [row, depth, isText, isEscaped, isFirst] = ['', 0, false, false, true]
  let rowNumber = 1

  function take(text: string): string[] {
    const rows: string[] = []
    let from = 0
    const endRow = (at: number) => {
      rows.push(row + text.slice(from, at))
      row = ''
      from = at + 1
      rowNumber += 1
    }
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at] ?? ''
      if (place === 'before' && !isBlank(letter)) {
        place = letter === '[' ? 'array' : 'value'
        if (place === 'array') {
          from = at + 1
          continue
        }
      }
      if (place !== 'array') continue
      if (isText) {
        if (isEscaped) isEscaped = false
        else if (letter === '\\') isEscaped = true
        else if (letter === '"') isText = false
      } else if (letter === '"') isText = true
      else if (letter === '{' || letter === '[') depth += 1
      else if (depth > 0 && (letter === '}' || letter === ']')) depth -= 1
      else if (depth === 0 && letter === ',') {
        endRow(at)
        isFirst = false
      } else if (depth === 0 && letter === ']') {
        const isEmpty = isFirst && (row + text.slice(from, at)).trim() === ''
        if (isEmpty) from = at + 1
        else endRow(at)
        row = ''
        place = 'after'
      }
    }
    row += place === 'before' ? '' : text.slice(from)
    if (row.length > LONGEST_LINE) throw tooMuch(`Row ${rowNumber} is longer than ${LONGEST_LINE} characters.`)
    return rows
  }

  function end(): string[] | undefined {
    if (place === 'after') return row.trim() === '' ? [] : undefined
    return place === 'array' ? undefined : [row]
  }

  return { take, end }
}

function isBlank(letter: string): boolean {
  return letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t' || letter === '\uFEFF'
}
