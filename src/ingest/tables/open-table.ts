import { BotError } from '../../errors.ts'
import type { Source } from '../files/csv.ts'
import { csvTable } from './csv-table.ts'
import { encodingOf, inUtf8 } from './encoding.ts'
import { unpacked } from './gzip.ts'
import { jsonTable } from './json-table.ts'
import { formOf } from './sniff.ts'
import type { Table } from './table.ts'
import { type Origin, tableAsCsv } from './table-as-csv.ts'

type Bytes = Pick<Source, 'name' | 'again'>

export type TableOptions = {
  /** The sheet of a workbook; the first with rows if left out. */
  readonly sheet?: string | undefined
}

/** A file as a table, whatever it is and however it is written. Throws a `BotError` for what cannot be one. */
export async function openTable(source: Bytes, options: TableOptions = {}): Promise<Table> {
  const form = await formOf(source.name, source.again())
  if (form === 'gzip') return openTable(unpacked(source), options)
  if (form !== 'xlsx') refuseSheet(source.name, options)
  if (form === 'text') return csvTable(source)
  // The library for workbooks is loaded for workbooks only.
  if (form === 'xlsx') return (await import('./xlsx-table.ts')).xlsxTable(source, options.sheet)
  return jsonTable(source, form)
}

/** The same file as CSV in UTF-8, for the loaders; one that is that already is left as it is. */
export async function asCsv(source: Source, options: TableOptions = {}): Promise<Source & { origin?: Origin }> {
  const form = await formOf(source.name, source.again())
  if (form === 'gzip') return asCsv(withChunks(unpacked(source)), options)
  if (form !== 'text') return withChunks(tableAsCsv(await openTable(source, options)))
  refuseSheet(source.name, options)
  const encoding = await encodingOf(source.again)
  if (encoding === 'utf-8') return source
  const { name, chunks, again } = source
  return { name, chunks: inUtf8(chunks, encoding), again: () => inUtf8(again(), encoding) }
}

function refuseSheet(name: string, { sheet }: TableOptions): void {
  if (sheet === undefined) return
  const hint = 'Leave out --sheet, or `sheet` in its mapping.'
  throw new BotError('no_sheet', `${name} is not a workbook and has no sheet "${sheet}".`, hint)
}

function withChunks<T extends Bytes>(bytes: T): T & Source {
  return { ...bytes, chunks: bytes.again() }
}
