/** How much room a text takes in a terminal, and how it is broken into lines. */
export type Lines = {
  /** In columns. */
  width(text: string): number
  wrap(text: string, columns: number): string
}

/**
 * Letters and signs that are each one column wide, whatever stands beside them. What may hold others is for
 * `wide-lines.ts`.
 */
const NARROW = /^[\n -~¡-¬¯-žƀ-ȳ‐-―‘-”•…€←-↓─-▟▬▲▼○●✓]*$/

/** Whether all texts in it are such. */
export function isNarrow(value: unknown): boolean {
  if (typeof value === 'string') return NARROW.test(value)
  return typeof value !== 'object' || value === null || Object.values(value).every(isNarrow)
}

export const narrowLines: Lines = {
  width: text => text.length,
  wrap: (text, columns) =>
    text
      .split('\n')
      .map(line => wrapLine(line, columns))
      .join('\n'),
}

/** Breaks at blanks; a word that is wider than a line is cut. */
function wrapLine(line: string, columns: number): string {
  const rows: string[] = []
  let row = ''
  const startRow = () => {
    rows.push(row)
    row = ''
  }
  for (const word of line.split(' ')) {
    if (row !== '') row += ' '
    let rest = word
    if (word.length > columns) {
      const isNoLongerBelow = rowsOf(word.length, columns) <= rowsOf(word.length + row.length - columns, columns)
      if (isNoLongerBelow) startRow()
      while (rest.length > columns - row.length) {
        const room = Math.max(0, columns - row.length)
        row += rest.slice(0, room)
        rest = rest.slice(room)
        startRow()
      }
    } else if (word !== '' && row !== '' && row.length + word.length > columns) startRow()
    row += rest
  }
  startRow()
  return rows.map(each => each.trimEnd()).join('\n')
}

function rowsOf(width: number, columns: number): number {
  return Math.ceil(width / columns)
}
