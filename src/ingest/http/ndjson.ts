import { refuse } from '../cells/values.ts'
import { lineBlocks } from '../files/line-blocks.ts'
import { LONGEST_LINE, openLines } from '../files/lines.ts'
import { BATCH, type SentRow, valueIn } from './sent-row.ts'

/** Takes rows straight from the bytes of their lines, as long as they are plain; all others come as text. */
export type PlainRows = {
  /** Looks up what the lines in these bytes need. */
  prepare(bytes: Uint8Array): Promise<void>
  /** Takes up to that many, the first of which is on this line. Returns where the next one begins, and how many were taken. */
  take(bytes: Uint8Array, from: number, line: number, most: number): { readonly next: number; readonly rows: number }
  /** A place among them for a row that comes as text. */
  place(): number
}

/** The rows of NDJSON that come as text, whenever a batch of rows is complete. The first of each is among them. */
export async function* ndjsonRows(chunks: AsyncIterable<Uint8Array>, plain?: PlainRows): AsyncGenerator<SentRow[]> {
  const lines = openLines()
  let [index, batch]: [number, SentRow[]] = [0, []]

  function* batchesOf(texts: readonly string[]): Generator<SentRow[]> {
    for (const [at, line] of texts.entries()) {
      if (line.trim() === '') continue
      const isLong = line.length > LONGEST_LINE
      const sent = isLong ? refuse(`the row is longer than ${LONGEST_LINE} characters`) : valueIn(line)
      const row = { index, row: lines.next - texts.length + at, sent }
      batch.push(plain === undefined ? row : { ...row, place: plain.place() })
      index += 1
      if (index % BATCH > 0) continue
      yield batch
      batch = []
    }
  }

  for await (const block of plain === undefined ? chunks : lineBlocks(chunks, 0)) {
    let isPrepared = false
    for (let at = 0; at < block.length; ) {
      if (plain !== undefined && lines.isBetweenLines && batch.length > 0) {
        const { next, rows } = plain.take(block, at, lines.next, BATCH - (index % BATCH))
        lines.skip(rows)
        index += rows
        at = next
        if (index % BATCH === 0) {
          yield batch
          batch = []
        }
        if (at === block.length) break
        // What it stopped at may be plain once that is looked up: those that follow as well, in one go.
        if (!isPrepared && batch.length > 0) {
          isPrepared = true
          await plain.prepare(block.subarray(at))
          continue
        }
      }
      const end = plain === undefined ? block.length : block.indexOf(LF, at) + 1 || block.length
      for (const batch of batchesOf(lines.take(block.subarray(at, end)))) yield batch
      at = end
    }
  }
  for (const batch of batchesOf(lines.end())) yield batch
  if (batch.length > 0) yield batch
}

const LF = 10
