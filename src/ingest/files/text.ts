/**
 * The text of bytes in UTF-8, with or without BOM, in pieces, each line ended by \n alone. CR alone ends a line in a
 * file whose first line ends so, as old spreadsheets write them.
 */
export async function* readText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let held = ''
  let endsInReturn: boolean | undefined
  const normalized = (text: string) => {
    endsInReturn ??= firstLineEndsInReturn(text)
    if (!text.includes('\r')) return text
    const lines = text.replaceAll('\r\n', '\n')
    return endsInReturn ? lines.replaceAll('\r', '\n') : lines
  }
  for await (const chunk of chunks) {
    const text = held + decoder.decode(chunk, { stream: true })
    // A CR at the end may be half of a CRLF.
    held = text.endsWith('\r') ? '\r' : ''
    yield normalized(held === '' ? text : text.slice(0, -1))
  }
  const rest = held + decoder.decode()
  if (rest !== '') yield normalized(rest)
}

/** Undefined where no line has ended yet. */
function firstLineEndsInReturn(text: string): boolean | undefined {
  const end = text.search(/[\r\n]/)
  return end === -1 ? undefined : text[end] === '\r' && text[end + 1] !== '\n'
}
