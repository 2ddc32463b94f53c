import { flatRecord } from './flat-record.ts'
import { withMoreColumns } from './more-columns.ts'
import type { Table } from './table.ts'

/** Rows that are looked at for columns of JSON, and names that are taken out of them. */
const [LOOKED_AT, MOST_NAMES] = [300, 500]

/** A table with what JSON objects in its cells hold as columns of its own: `properties.plan` beside `properties`. */
export async function withJsonColumns(table: Table): Promise<Table> {
  const names = await namesIn(table)
  if (names.size === 0) return table
  const places = [...names].map(([column, inner]) => ({ at: table.columns.indexOf(column), inner: [...inner] }))
  const columns = [...names].flatMap(([column, inner]) => [...inner].map(name => `${column}.${name}`))
  return withMoreColumns(table, columns, cells =>
    places.flatMap(({ at, inner }) => {
      const record = recordIn(cells[at] ?? '')
      return inner.map(name => record?.get(name) ?? '')
    }),
  )
}

async function namesIn(table: Table): Promise<Map<string, Set<string>>> {
  const names = new Map<string, Set<string>>()
  let [rows, count] = [0, 0]
  for await (const batch of table.rows()) {
    for (const { cells } of batch.slice(0, LOOKED_AT - rows)) {
      for (const [at, cell] of cells.entries()) {
        const column = table.columns[at] ?? ''
        for (const name of (column === '' ? undefined : recordIn(cell))?.keys() ?? []) {
          if (count >= MOST_NAMES) break
          const known = names.get(column) ?? new Set()
          if (!known.has(name)) count += 1
          names.set(column, known.add(name))
        }
      }
    }
    rows += batch.length
    if (rows >= LOOKED_AT) break
  }
  return names
}

function recordIn(cell: string): Map<string, string> | undefined {
  if (!cell.startsWith('{') || !cell.endsWith('}')) return undefined
  try {
    return flatRecord(JSON.parse(cell))
  } catch {
    return undefined
  }
}
