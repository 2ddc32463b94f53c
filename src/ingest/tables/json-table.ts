import { BotError } from '../../errors.ts'
import type { Source } from '../files/csv.ts'
import { LONGEST_LINE, readLines } from '../files/lines.ts'
import type { CsvRow, Reject } from '../files/records.ts'
import { encodingOf, inUtf8 } from './encoding.ts'
import { flatRecord } from './flat-record.ts'
import { type JsonItem, jsonItems } from './json-items.ts'
import type { Table } from './table.ts'

type JsonSource = Pick<Source, 'name' | 'again'>

const MOST_COLUMNS = 2_000

/** Reads the file once for its columns: no record need have all of them. */
export async function jsonTable({ name, again }: JsonSource, form: 'json' | 'ndjson'): Promise<Table> {
  const encoding = await encodingOf(again)
  const bytes = () => (encoding === 'utf-8' ? again() : inUtf8(again(), encoding))
  const items = () => (form === 'ndjson' ? lines(bytes()) : jsonItems(name, bytes()))
  const columns = await columnsOf(name, items())
  const positions = new Map(columns.map((column, at) => [column, at]))
  async function* rows() {
    for await (const batch of items()) yield batch.map(item => rowOf(item, positions))
  }
  return { name, form: form === 'ndjson' ? 'NDJSON' : 'JSON', columns, rows, footer: [] }
}

async function columnsOf(name: string, items: AsyncIterable<readonly JsonItem[]>): Promise<string[]> {
  const columns = new Set<string>()
  for await (const batch of items) {
    for (const item of batch)
      if ('value' in item) for (const column of flatRecord(item.value).keys()) columns.add(column)
    if (columns.size > MOST_COLUMNS) {
      throw new BotError(
        'too_many_columns',
        `${name} has records with more than ${MOST_COLUMNS.toLocaleString('en')} different names.`,
        'Export it with a fixed set of fields.',
      )
    }
  }
  if (columns.size === 0) throw new BotError('empty_file', `${name} holds no records.`, 'Export it again.')
  return [...columns]
}

function rowOf(item: JsonItem, positions: ReadonlyMap<string, number>): CsvRow | Reject {
  if ('reason' in item) return item
  const cells = Array<string>(positions.size).fill('')
  for (const [name, cell] of flatRecord(item.value)) cells[positions.get(name) ?? 0] = cell
  return { line: item.line, cells, raw: cells.join('\t') }
}

async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonItem[]> {
  for await (const { first, lines } of readLines(bytes)) {
    yield lines.flatMap((line, at) => (line.trim() === '' ? [] : [itemIn(line, first + at)]))
  }
}

function itemIn(text: string, line: number): JsonItem {
  const no = (reason: string): Reject => ({ line, raw: text.slice(0, 200), cells: [text.slice(0, 200)], reason })
  if (text.length > LONGEST_LINE) return no(`the line is longer than ${LONGEST_LINE.toLocaleString('en')} characters`)
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { line, value } : no('the line is not a JSON object')
  } catch {
    return no('the line is not valid JSON; the file may have been cut off')
  }
}
