import { type DecimalSign, type DotFacts, type NumberReader, numberReader, speaksForComma } from '../cells/numbers.ts'
import { type Csv, readCsv, type Source, type Wanted } from './csv.ts'

/** The numbers of a file, whose columns of numbers are these; read a second time only when one may mean two things. */
export function numbersOf(
  source: Source,
  csv: Csv,
  { wanted, columns, decimal }: { wanted: Wanted; columns: readonly string[]; decimal: DecimalSign | undefined },
): NumberReader & DotFacts {
  return numberReader(decimal, csv.delimiter === ';', () => speaksForAnotherCountry(source, wanted, columns))
}

async function speaksForAnotherCountry({ name, again }: Source, wanted: Wanted, columns: readonly string[]) {
  const { batches, cell, names } = await readCsv({ name, chunks: again() }, wanted)
  for await (const batch of batches) {
    for (const row of batch) {
      if (columns.some(column => speaksForComma(cell(row, column) ?? ''))) return true
      // In other columns, only unambiguous numbers count, such as 1.234,56.
      const isSure = (text: string) => text.includes(',') && text.includes('.') && speaksForComma(text.trim())
      if (names.length > columns.length && row.raw.includes(',') && row.cells.some(isSure)) return true
    }
  }
  return false
}
