/** Characters. Of a longer line only enough is kept to show that it is too long. */
export const LONGEST_LINE = 1_048_576

/** Physical lines that follow one another, without their ends; `first` is the number of the first, counted from 1. */
export type LineBlock = { readonly first: number; readonly lines: readonly string[] }

/** The lines of a text in UTF-8, with or without BOM, however it is cut into chunks. Memory stays flat. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBlock> {
  const reader = openLines()
  for await (const chunk of chunks) {
    const first = reader.next
    const lines = reader.take(chunk)
    if (lines.length > 0) yield { first, lines }
  }
  const first = reader.next
  const lines = reader.end()
  if (lines.length > 0) yield { first, lines }
}

/** The same for bytes that come piece by piece. */
export type LineReader = {
  /** The lines that are complete by now, without their ends. */
  take(bytes: Uint8Array): string[]
  end(): string[]
  /** The number of the line that is read next, or goes on. */
  readonly next: number
  /** Whether the next byte begins a line. */
  readonly isBetweenLines: boolean
  /** Counts lines that were read elsewhere. */
  skip(lines: number): void
}

export function openLines(): LineReader {
  const decoder = new TextDecoder()
  let [next, rest, isSkipping] = [1, '', false]
  return {
    take(bytes) {
      let text = rest + decoder.decode(bytes, { stream: true })
      rest = ''
      if (isSkipping) {
        const end = text.indexOf('\n')
        if (end === -1) return []
        text = text.slice(end + 1)
        isSkipping = false
      }
      const end = text.lastIndexOf('\n')
      const lines = end === -1 ? [] : text.slice(0, end).split('\n').map(withoutReturn)
      rest = text.slice(end + 1)
      if (rest.length > LONGEST_LINE) {
        lines.push(rest.slice(0, LONGEST_LINE + 1))
        rest = ''
        isSkipping = true
      }
      next += lines.length
      return lines
    },
    end() {
      rest += decoder.decode()
      const lines = rest === '' || isSkipping ? [] : [withoutReturn(rest)]
      next += lines.length
      return lines
    },
    get next() {
      return next
    },
    get isBetweenLines() {
      return rest === '' && !isSkipping
    },
    skip(lines) {
      next += lines
    },
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
