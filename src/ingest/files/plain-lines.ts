const [LF, CR, QUOTE, HASH, TILDE] = [10, 13, 34, 35, 126]

/** Finds the cells of lines that need no second look: visible ASCII without quotes, as many cells as columns. */
export type PlainLines = {
  /** Where the cells of the line that was found last end. */
  readonly ends: Int32Array
  /** Where the next line begins; -1 where this one is not plain. */
  read(bytes: Uint8Array, start: number): number
}

/** Undefined for a delimiter that is not ASCII. */
export function plainLines(delimiter: string, columns: number): PlainLines | undefined {
  const separator = delimiter.charCodeAt(0)
  if (delimiter.length !== 1 || separator > TILDE) return undefined
  const isOrdinary = new Uint8Array(256).map((_, byte) => (byte >= 32 && byte <= TILDE ? 1 : 0))
  for (const byte of [QUOTE, HASH, separator]) isOrdinary[byte] = 0
  const ends = new Int32Array(columns)
  return {
    ends,
    read(bytes, start) {
      let cell = 0
      for (let at = start; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        if (isOrdinary[byte] === 1) continue
        if (byte === separator) {
          if (cell === columns) return -1
          ends[cell++] = at
          continue
        }
        const isEnd = byte === LF || (byte === CR && bytes[at + 1] === LF)
        if (!isEnd || cell !== columns - 1) return -1
        ends[cell] = at
        return byte === LF ? at + 1 : at + 2
      }
      return -1
    },
  }
}
