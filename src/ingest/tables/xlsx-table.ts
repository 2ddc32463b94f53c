import { BotError } from '../../errors.ts'
import type { Source } from '../files/csv.ts'
import type { CsvRow } from '../files/records.ts'
import { headedTable } from './headed-table.ts'
import type { Table } from './table.ts'
import { lookInside, MOST_PACKED } from './xlsx-guard.ts'

type Cell = string | number | boolean | Date | null

/** A sheet of a workbook: its values as Excel computed them last, dates as ISO 8601. */
export async function xlsxTable({ name, again }: Pick<Source, 'name' | 'again'>, wanted?: string): Promise<Table> {
  const bytes = await wholeFile(name, again())
  const errors = lookInside(name, bytes)
  const { default: readWorkbook } = await import('read-excel-file/node')
  const sheets = await readWorkbook<string>(bytes, { parseNumber: text => text, trim: false }).catch(() => {
    throw new BotError('not_xlsx', `${name} cannot be read as an XLSX workbook.`, 'Save it again as XLSX, or as CSV.')
  })
  const names = sheets.map(({ sheet }) => sheet)
  const at = wanted === undefined ? sheets.findIndex(({ data }) => data.length > 1) : names.indexOf(wanted)
  const sheet = sheets[at]
  if (sheet === undefined && wanted !== undefined) {
    throw new BotError('no_sheet', `${name} has no sheet "${wanted}".`, `There are ${names.join(', ')}.`)
  }
  if (sheet === undefined) throw new BotError('empty_file', `${name} is empty.`, 'Its first row names the columns.')
  const rows = sheet.data.map((cells, index) => rowOf(cells as Cell[], index + 1, errors[at] ?? new Map()))
  const others = names.filter(other => other !== sheet.sheet)
  const beside = others.length === 0 ? '' : ` (not read: ${others.join(', ').slice(0, 200)})`
  return headedTable(name, `XLSX, the sheet ${sheet.sheet}${beside}`, async function* () {
    yield rows
  })
}

async function wholeFile(name: string, chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    size += chunk.length
    if (size > MOST_PACKED) {
      throw new BotError('too_large', `${name} is a workbook of more than 50 MB.`, 'Save the sheet as CSV.')
    }
  }
  return Buffer.concat(parts)
}

function rowOf(cells: readonly Cell[], line: number, errors: ReadonlyMap<string, string>): CsvRow {
  const texts = cells.map((cell, at) => (cell === null ? (errors.get(`${line}:${at + 1}`) ?? '') : textOf(cell)))
  return { line, cells: texts, raw: texts.join('\t') }
}

function textOf(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (!(cell instanceof Date)) return plainNumber(String(cell))
  const text = Number.isNaN(cell.getTime()) ? '' : cell.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

/** A workbook keeps 17 digits of a number, of which people typed 15; one that is written 1.2E3 is 1200. */
function plainNumber(text: string): string {
  if (!/^-?\d+(?:\.\d{10,}|\.?\d*E[+-]?\d+)$/i.test(text)) return text
  const value = Number(Number(text).toPrecision(15))
  return Number.isFinite(value) && Math.abs(value) < 1e21 ? String(value) : text
}
