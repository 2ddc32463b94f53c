/** Characters. Of a longer line only so much is kept as shows that it is too long. */
export const LONGEST_LINE = 1_048_576

/** Physical lines that follow one another, without their ends; `first` is the number of the first, counted from 1. */
export type LineBlock = { readonly first: number; readonly lines: readonly string[] }

/** The lines of a text in UTF-8, with or without BOM, however it is cut into chunks. Memory stays flat. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBlock> {
  const decoder = new TextDecoder()
  let [first, rest, isSkipping] = [1, '', false]
  for await (const chunk of chunks) {
    let text = rest + decoder.decode(chunk, { stream: true })
    rest = ''
    if (isSkipping) {
      const end = text.indexOf('\n')
      if (end === -1) continue
      text = text.slice(end + 1)
      isSkipping = false
    }
    const end = text.lastIndexOf('\n')
    if (end !== -1) {
      const lines = text.slice(0, end).split('\n').map(withoutReturn)
      yield { first, lines }
      first += lines.length
    }
    rest = text.slice(end + 1)
    if (rest.length > LONGEST_LINE) {
      yield { first, lines: [rest.slice(0, LONGEST_LINE + 1)] }
      first += 1
      rest = ''
      isSkipping = true
    }
  }
  rest += decoder.decode()
  if (rest !== '' && !isSkipping) yield { first, lines: [withoutReturn(rest)] }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
