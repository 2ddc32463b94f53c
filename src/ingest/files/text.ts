/** Decodes UTF-8 bytes, with or without BOM, as they come in; each line ends in \n alone. */
export type TextOfBytes = { take(bytes: Uint8Array): string; end(): string }

/**
 * CR alone ends a line in a file whose first line ends so, as old spreadsheets write them. `isRest`: the bytes are from
 * the middle of one whose first line does not.
 */
export function openText({ isRest = false } = {}): TextOfBytes {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: isRest })
  let held = ''
  let endsInReturn = isRest ? false : undefined
  const normalized = (text: string) => {
    endsInReturn ??= firstLineEndsInReturn(text)
    if (!text.includes('\r')) return text
    const lines = text.replaceAll('\r\n', '\n')
    return endsInReturn ? lines.replaceAll('\r', '\n') : lines
  }
  return {
    take(bytes) {
      const text = held + decoder.decode(bytes, { stream: true })
      // A CR at the end may be half of a CRLF.
      held = text.endsWith('\r') ? '\r' : ''
      return normalized(held === '' ? text : text.slice(0, -1))
    },
    end: () => normalized(held + decoder.decode()),
  }
}

export async function* readText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const text = openText()
  for await (const chunk of chunks) yield text.take(chunk)
  const rest = text.end()
  if (rest !== '') yield rest
}

/** Undefined if no line has ended yet. */
export function firstLineEndsInReturn(text: string): boolean | undefined {
  const end = text.search(/[\r\n]/)
  return end === -1 ? undefined : text[end] === '\r' && text[end + 1] !== '\n'
}
