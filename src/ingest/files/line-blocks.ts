import { returnBuffer } from './buffer-pool.ts'

/** Bytes. A longer line comes in pieces. */
const LONGEST_LINE = 1_048_576

const LF = 10

/**
 * The same bytes without their first lines, in blocks that end with a line, unless that is too long.
 * A block is valid until the next is requested.
 */
export async function* lineBlocks(chunks: AsyncIterable<Uint8Array>, skipped: number): AsyncGenerator<Uint8Array> {
  let [rest, toSkip]: [Uint8Array, number] = [new Uint8Array(0), skipped]
  for await (const chunk of chunks) {
    const skippedTo = afterLines(chunk, toSkip)
    toSkip = skippedTo.left
    const bytes = chunk.subarray(skippedTo.at)
    const end = bytes.lastIndexOf(LF) + 1
    // Only the rest of a line that began earlier is copied.
    const begun = rest.length === 0 ? 0 : bytes.indexOf(LF) + 1
    if (begun > 0) yield Buffer.concat([rest, bytes.subarray(0, begun)])
    if (end > begun) yield bytes.subarray(begun, end)
    rest = end > 0 ? Uint8Array.from(bytes.subarray(end)) : Buffer.concat([rest, bytes])
    returnBuffer(chunk)
    if (rest.length <= LONGEST_LINE) continue
    yield rest
    rest = new Uint8Array(0)
  }
  if (rest.length > 0) yield rest
}

/** Where the bytes after a number of lines begin, and how many lines are still to come. */
function afterLines(bytes: Uint8Array, lines: number): { readonly at: number; readonly left: number } {
  let at = 0
  for (let left = lines; left > 0; left -= 1) {
    const end = bytes.indexOf(LF, at)
    if (end === -1) return { at: bytes.length, left }
    at = end + 1
  }
  return { at, left: 0 }
}
