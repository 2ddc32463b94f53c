import { LONGEST_RECORD } from './records.ts'

const DELIMITERS = [',', ';', '\t', '|']

/** The first texts of a file, without a line `sep=;`, how many lines were left out, and the delimiter. */
export type Beginning = { readonly text: string; readonly skipped: number; readonly delimiter: string }

/** Takes as many texts as it needs to see a line with something on it. */
export async function readBeginning(texts: AsyncIterator<string>): Promise<Beginning> {
  let [text, line] = ['', '']
  while (line === '' || (!text.includes('\n', text.indexOf(line)) && text.length <= LONGEST_RECORD)) {
    const next = await texts.next()
    if (next.done === true) break
    text += next.value
    line = firstLine(text)
  }
  const declared = /^"?sep=(.)"?$/i.exec(firstLine(text))?.[1]
  if (declared === undefined) return { text, skipped: 0, delimiter: delimiterOf(firstLine(text)) }
  const end = text.indexOf('\n', text.search(/\S/))
  if (end === -1) return { text: '', skipped: 1, delimiter: declared }
  return { text: text.slice(end + 1), skipped: text.slice(0, end).split('\n').length, delimiter: declared }
}

/** The first with something on it. */
function firstLine(text: string): string {
  return /^.*\S.*$/m.exec(text)?.[0] ?? ''
}

/** The one that makes the most columns. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*(?:"|$)/g, '')
  const counts = DELIMITERS.map(delimiter => ({ delimiter, columns: bare.split(delimiter).length }))
  return counts.reduce((best, other) => (other.columns > best.columns ? other : best)).delimiter
}
