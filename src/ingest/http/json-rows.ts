import { LONGEST_LINE } from '../files/lines.ts'
import { tooMuch } from './json-shape.ts'

/**
 * Cuts a JSON text, as it comes in, into the texts of its rows: the elements of the array that it is, or that its
 * member `list` is, or the one value. Whether they are JSON is for the parser to say. Undefined at the end where the
 * array was not closed, or something else stands around it.
 */
export type RowCutter = {
  /** The rows that are whole by now. */
  take(text: string): string[]
  end(): string[] | undefined
}

/** `object` looks for the list among its members; `around` is what stands behind it. */
type Place = 'before' | 'value' | 'object' | 'array' | 'around'

export function createRowCutter(list: string): RowCutter {
  let place: Place = 'before'
  let [row, depth, isText, isEscaped, isFirst] = ['', 0, false, false, true]
  let [rowNumber, name, last] = [1, '', '']
  let before: string | undefined

  function take(text: string): string[] {
    const rows: string[] = []
    let [from, nameFrom] = [0, 0]
    const endRow = (at: number) => {
      row += text.slice(from, at)
      refuseLong()
      rows.push(row)
      row = ''
      from = at + 1
      rowNumber += 1
    }
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at] ?? ''
      if (place === 'before') {
        if (isBlank(letter)) continue
        place = letter === '[' ? 'array' : letter === '{' ? 'object' : 'value'
        from = place === 'array' ? at + 1 : at
        continue
      }
      if (place === 'value' || place === 'around') continue
      if (isText) {
        if (isEscaped) isEscaped = false
        else if (letter === '\\') isEscaped = true
        else if (letter === '"') {
          isText = false
          if (place === 'object' && depth === 0) name += text.slice(nameFrom, at)
        }
        continue
      }
      if (letter === '"') {
        isText = true
        if (place === 'object' && depth === 0) [name, nameFrom] = ['', at + 1]
      } else if (place === 'object' && depth === 0 && letter === '[' && last === ':' && name === list) {
        before = row + text.slice(from, at)
        ;[row, from, place] = ['', at + 1, 'array']
        continue
      } else if (letter === '{' || letter === '[') depth += 1
      else if (depth > 0 && (letter === '}' || letter === ']')) depth -= 1
      else if (place === 'array' && depth === 0 && letter === ',') {
        endRow(at)
        isFirst = false
      } else if (place === 'array' && depth === 0 && letter === ']') {
        const isEmpty = isFirst && (row + text.slice(from, at)).trim() === ''
        if (isEmpty) from = at + 1
        else endRow(at)
        ;[row, place] = ['', 'around']
      }
      if (!isBlank(letter)) last = letter
    }
    if (place === 'object' && isText && depth === 0) name += text.slice(nameFrom)
    row += place === 'before' ? '' : text.slice(from)
    refuseLong()
    return rows
  }

  function refuseLong(): void {
    if (row.length > LONGEST_LINE) throw tooMuch(`Row ${rowNumber} is longer than ${LONGEST_LINE} characters.`)
  }

  function end(): string[] | undefined {
    if (place === 'array') return undefined
    if (place === 'around') return isWhole(before, row) ? [] : undefined
    return [row]
  }

  return { take, end }
}

/** Whether nothing but the rest of its object stands around an array. */
function isWhole(before: string | undefined, behind: string): boolean {
  if (before === undefined) return behind.trim() === ''
  try {
    JSON.parse(`${before}[]${behind}`)
    return true
  } catch {
    return false
  }
}

function isBlank(letter: string): boolean {
  return letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t' || letter === '\uFEFF'
}
