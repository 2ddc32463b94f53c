import type { Csv } from './csv.ts'
import { lineBlocks } from './line-blocks.ts'
import { type CsvRow, openSplitter, type Reject } from './records.ts'
import { openText } from './text.ts'

/** Reads plain rows of a file straight from its bytes. */
export type PlainReader = {
  /** Where the first row begins that is not plain, and how many plain rows came before. */
  take(bytes: Uint8Array, from: number): { readonly next: number; readonly rows: number }
  /** The place of a row that comes as text, among those that were taken. */
  place(): number
}

/** A row that comes as text. */
export type PlacedRow = { readonly row: CsvRow | Reject; readonly place: number }

/** The rows of a file that are not plain, block by block; by then the reader has taken the others. */
export async function* rowsBeside(
  csv: Csv,
  chunks: AsyncIterable<Uint8Array>,
  plain: PlainReader,
): AsyncGenerator<PlacedRow[]> {
  const [text, splitter] = [openText({ isRest: true }), openSplitter(csv.delimiter, csv.firstLine)]
  const placed = (rows: readonly (CsvRow | Reject)[]) => csv.kept(rows).map(row => ({ row, place: plain.place() }))
  for await (const block of lineBlocks(chunks, csv.firstLine - 1)) {
    const rows: PlacedRow[] = []
    for (let at = 0; at < block.length; ) {
      if (splitter.isBetweenRows) {
        const { next, rows } = plain.take(block, at)
        splitter.skip(rows)
        at = next
        if (at === block.length) break
      }
      const end = block.indexOf(LF, at) + 1 || block.length
      rows.push(...placed(splitter.take(text.take(block.subarray(at, end)))))
      at = end
    }
    yield rows
  }
  yield placed([...splitter.take(text.end()), ...splitter.end()])
}

const LF = 10
