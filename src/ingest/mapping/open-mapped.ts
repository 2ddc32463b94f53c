import { parse, stringify } from 'yaml'
import type { Instant } from '../../domain/time/instant.ts'
import { mappingIn } from '../../model/mapping/check-mapping.ts'
import type { FoundMapping } from '../../model/mapping/find-mapping.ts'
import type { Source } from '../files/csv.ts'
import type { Note } from '../files/notes.ts'
import { type FitOptions, fitMapping, refuseProblems } from '../rules/fit.ts'
import { withJsonColumns } from '../tables/json-columns.ts'
import { openTable } from '../tables/open-table.ts'
import { adapt } from './adapt.ts'
import { joinTables } from './join.ts'
import type { MappedFile } from './open-translation.ts'
import { shapeNotes } from './shape.ts'

type Bytes = Pick<Source, 'name' | 'again'>

export type OpenOptions = FitOptions & {
  readonly sheet?: string | undefined
  readonly other?: Bytes | undefined
  readonly fileDay: Instant
}

export type OpenedMapped = MappedFile & { readonly width: number; readonly notes: readonly Note[] }

/** Opens a file by its mapping. Throws a `BotError` where it does not fit: a column is gone, a rule no longer holds. */
export async function openMapped(bytes: Bytes, found: FoundMapping, options: OpenOptions): Promise<OpenedMapped> {
  const written = mappingIn(found.path ?? found.name, found.text)
  const opened = await openTable(bytes, { sheet: options.sheet ?? written.sheet })
  const own = await withJsonColumns(opened)
  const other = options.other && (await openTable(options.other))
  const table = other === undefined || written.with === undefined ? own : await joinTables(own, other, written.with)
  // One that comes with Rounds names more columns than any export has.
  const mapping =
    written.columns === undefined ? mappingIn(found.name, stringify(adapt(parse(found.text), table.columns))) : written
  const notes = shapeNotes(table, written, found.name)
  const fit = await fitMapping(table, mapping, options)
  refuseProblems(bytes.name, fit)
  const remarks = fit.remarks.map((text): Note => ({ kind: 'rule', text, count: 1, example: '' }))
  return {
    table,
    mapping,
    fit,
    name: found.name,
    fileDay: options.fileDay,
    width: opened.columns.length,
    notes: [...notes, ...remarks],
  }
}
