import { BotError } from '../../errors.ts'
import { usesOf } from '../../model/mapping/fields.ts'
import type { Mapping } from '../../model/mapping/mapping.ts'
import { foldColumn } from '../cells/columns.ts'
import type { Note } from '../files/notes.ts'
import { columnIndex } from '../rules/record-columns.ts'
import type { Table } from '../tables/table.ts'
import { WITH } from './join.ts'

/**
 * How a file differs from the one that its mapping was made for. Throws a `BotError` where it lacks a column without
 * which its rows are nothing.
 */
export function shapeNotes(table: Table, mapping: Mapping, name: string): Note[] {
  const index = columnIndex(table.columns)
  const isThere = (column: string) => index(column) !== -1
  const uses = usesOf(mapping).filter(({ value }) => value.column.length > 0 && value.value === undefined)
  const missing = uses.filter(({ value }) => !value.column.some(isThere))
  const known = new Set(mapping.columns?.map(foldColumn))
  const added =
    mapping.columns === undefined
      ? []
      : table.columns.filter(column => column !== '' && !column.startsWith(WITH) && !known.has(foldColumn(column)))
  const news = added.length === 0 ? '' : ` It has the new ${columnsNamed(added)}.`
  const fatal = missing.filter(
    ({ isNeeded, value }) => isNeeded && mapping.columns !== undefined && value.column.length > 0,
  )
  const withOther = fatal.filter(({ value }) => value.column.some(column => column.startsWith(WITH)))
  if (withOther.length > 0 && !table.columns.some(column => column.startsWith(WITH))) {
    throw new BotError(
      'missing_file',
      `The mapping ${name} needs a second file${of(mapping)}.`,
      'Name it: --with FILE.',
    )
  }
  if (fatal.length > 0) {
    const columns = columnsNamed([...new Set(fatal.map(({ value }) => value.column.join(' or ')))])
    throw new BotError(
      'shape_changed',
      `${table.name} has changed: it lacks the ${columns} that the mapping ${name} reads.${news}`,
      `Look at it again: \`rounds map ${table.name} --save ${name}\`.`,
    )
  }
  const lost = mapping.columns === undefined ? [] : missing
  return [
    ...lost.map(({ value, field }): Note => {
      const column = value.column.join(' or ')
      return {
        kind: 'missing_column',
        text: `The column ${column} is gone; ${field} stays as it was.`,
        count: 1,
        example: column,
      }
    }),
    ...(added.length === 0
      ? []
      : [
          {
            kind: 'new_column' as const,
            text: `The file has the new ${columnsNamed(added)}, which the mapping ${name} does not read. \`rounds map ${table.name} --save ${name}\` looks at it again.`,
            count: added.length,
            example: added[0] ?? '',
          },
        ]),
  ]
}

function of({ with: join }: Mapping): string {
  return join?.what === undefined ? '' : ` with ${join.what}`
}

function columnsNamed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(name => `"${name.slice(0, 60)}"`)
  const more = names.length > 8 ? ` and ${names.length - 8} more` : ''
  return `${names.length === 1 ? 'column' : 'columns'} ${shown.join(', ')}${more}`
}
