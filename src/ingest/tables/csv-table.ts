import { readBeginning } from '../files/beginning.ts'
import type { Source } from '../files/csv.ts'
import { splitRecords } from '../files/records.ts'
import { readText } from '../files/text.ts'
import { encodingOf, inUtf8 } from './encoding.ts'
import { headedTable } from './headed-table.ts'
import type { Table } from './table.ts'

const SEPARATORS: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }

export async function csvTable({ name, again }: Pick<Source, 'name' | 'again'>): Promise<Table> {
  const encoding = await encodingOf(again)
  const bytes = () => (encoding === 'utf-8' ? again() : inUtf8(again(), encoding))
  const { text, delimiter: first, isDeclared } = await beginning(bytes())
  const delimiter = isDeclared ? first : delimiterOf(text, first)
  async function* open() {
    const texts = readText(bytes())
    const { text, skipped } = await readBeginning(texts)
    yield* splitRecords(chained(text, texts), delimiter, skipped + 1)
  }
  const form = `CSV in ${encoding.toUpperCase()}, separated by ${SEPARATORS[delimiter] ?? `"${delimiter}"`}`
  return headedTable(name, form, open)
}

async function beginning(bytes: AsyncIterable<Uint8Array>) {
  const texts = readText(bytes)
  const { text, skipped, delimiter } = await readBeginning(texts)
  await texts.return(undefined)
  return { text, delimiter, isDeclared: skipped > 0 }
}

async function* chained(first: string, others: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* others
}

/** The one by which the most of the first lines have the most columns; a title above them has none. */
function delimiterOf(text: string, otherwise: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*(?:"|$)/g, '')
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, 30)
  const weigh = (delimiter: string) => {
    const counts = lines.map(line => line.split(delimiter).length).filter(count => count > 1)
    const usual = mostFrequent(counts)
    return counts.filter(count => count === usual).length * Math.sqrt(usual)
  }
  const weights = Object.keys(SEPARATORS).map(delimiter => ({ delimiter, weight: weigh(delimiter) }))
  const best = weights.reduce((best, other) => (other.weight > best.weight ? other : best))
  return best.weight > weigh(otherwise) ? best.delimiter : otherwise
}

function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>()
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1)
  return [...times].reduce((best, other) => (other[1] > best[1] ? other : best), [0, 0] as const)[0]
}
