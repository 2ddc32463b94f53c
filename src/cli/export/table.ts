import Papa from 'papaparse'
import type { Instant } from '../../domain/time/instant.ts'
import { harmless } from '../../ingest/cells/harmless.ts'
import type { Connection } from '../../store/engine/engine.ts'
import type { Shell } from '../shell.ts'

export type Wanted = {
  readonly connection: Connection
  readonly now: Instant
  readonly since: Instant
  readonly withConfidential: boolean
  readonly note: (text: string) => void
}

export type Row = Readonly<Record<string, string | number | boolean | null | undefined>>

/** What can be exported: its columns, and its rows in slices, so that memory does not grow with them. */
export type Table = {
  columns(wanted: Wanted): Promise<readonly string[]>
  rows(wanted: Wanted): AsyncIterable<Row>
}

/** As CSV that spreadsheets read and no spreadsheet runs, or as one JSON object a line. */
export async function printTable(shell: Shell, table: Table, isNdjson: boolean, wanted: Wanted): Promise<void> {
  const columns = await table.columns(wanted)
  if (!isNdjson) shell.print(lineOf(columns))
  for await (const row of table.rows(wanted)) {
    if (isNdjson) shell.print(JSON.stringify(Object.fromEntries(columns.map(column => [column, row[column] ?? null]))))
    else shell.print(lineOf(columns.map(column => cellOf(row[column]))))
  }
}

function lineOf(cells: readonly string[]): string {
  return Papa.unparse([cells.map(cell => harmless(cell))])
}

function cellOf(value: Row[string]): string {
  return value === undefined || value === null ? '' : String(value)
}
