import { Unzip, UnzipInflate } from 'fflate'
import { BotError } from '../../errors.ts'

/** Bytes of a workbook, and of what it unpacks to: more would fill the memory. */
export const MOST_PACKED = 50 * 1024 * 1024
const MOST_UNPACKED = 200 * 1024 * 1024

/** Cells from the first to the last that has something in it: a reader makes room for all of them. */
const MOST_CELLS = 6_000_000

type Errors = Map<string, string>

/**
 * Unpacks a workbook, keeping nothing, before it is read: refuses one that is larger than it seems, and finds the cells
 * whose formula failed, by sheet, as `row:column`. Throws a `BotError`.
 */
export function lookInside(name: string, bytes: Uint8Array): Errors[] {
  const sheets = new Map<string, Errors>()
  let unpacked = 0
  const unzip = new Unzip(file => {
    const isSheet = /^xl\/worksheets\/[^/]+\.xml$/.test(file.name)
    const errors: Errors = new Map()
    const scan = isSheet ? sheetScan(name, errors) : () => {}
    if (isSheet) sheets.set(file.name, errors)
    file.ondata = (error, data) => {
      if (error !== null) throw error
      unpacked += data.length
      if (unpacked > MOST_UNPACKED) {
        throw new BotError('too_large', `${name} unpacks to more than 200 MB.`, 'Save the sheet that matters as CSV.')
      }
      scan(data)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
    }
  } catch (error) {
    if (error instanceof BotError) throw error
    throw new BotError('not_xlsx', `${name} cannot be unpacked.`, 'Save it again as XLSX, or as CSV.')
  }
  if (sheets.size === 0) {
    throw new BotError('not_xlsx', `${name} is a ZIP archive and not a workbook.`, 'Unpack it, and name a file in it.')
  }
  return [...sheets].sort(([a], [b]) => sheetNumber(a) - sheetNumber(b)).map(([, errors]) => errors)
}

/** Small, so that a bomb is noticed before it has gone off. */
const PIECE = 16_384

function sheetNumber(path: string): number {
  return Number(/(\d+)\.xml$/.exec(path)?.[1] ?? 0)
}

const CELL =
  /<c\b[^>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'][^>]*>(?:\s*<f\b[^>]*>[^<]*<\/f>|\s*<f\b[^>]*\/>)?(?:\s*<v>(#[^<]{1,20})<\/v>)?/g

function sheetScan(name: string, errors: Errors): (data: Uint8Array) => void {
  const decoder = new TextDecoder()
  let [rest, lastRow, lastColumn] = ['', 0, 0]
  return data => {
    const text = rest + decoder.decode(data, { stream: true })
    for (const [, letters = '', row = '', error] of text.matchAll(CELL)) {
      const column = columnNumber(letters)
      lastRow = Math.max(lastRow, Number(row))
      lastColumn = Math.max(lastColumn, column)
      if (error !== undefined && errors.size < 100_000) errors.set(`${row}:${column}`, error)
    }
    if (lastRow * lastColumn > MOST_CELLS) {
      throw new BotError(
        'too_large',
        `${name} has a sheet of ${lastRow.toLocaleString('en')} rows and ${lastColumn.toLocaleString('en')} columns.`,
        'Rounds reads sheets of up to 6 million cells. Delete the cells far away, or save the sheet as CSV.',
      )
    }
    // A cell may be torn between two pieces.
    rest = text.slice(Math.max(text.lastIndexOf('<c '), text.length - 2_000, 0))
  }
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}
