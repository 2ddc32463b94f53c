import { counted } from '../../domain/counted.ts'
import { DAY } from '../../domain/time/instant.ts'
import type { Db } from '../../store/tables.ts'
import { isRefusal } from '../cells/values.ts'
import { LOADED_KINDS, type LoadedKind } from '../load/load.ts'
import { type MappedFile, openTranslation, translatorOf } from '../mapping/open-translation.ts'
import { rowFilter } from '../translate/row-filter.ts'

export type PreviewedKind = {
  readonly kind: LoadedKind
  readonly columns: readonly string[]
  readonly count: number
  readonly first: readonly (readonly string[])[]
}

export type Counted = { readonly reason: string; readonly count: number; readonly line: number }

/** What would become of a file: the first rows of each kind, and what would be left out and rejected, with reasons. */
export type Preview = {
  readonly rows: number
  readonly kinds: readonly PreviewedKind[]
  readonly leftOut: readonly Counted[]
  readonly rejected: readonly Counted[]
  /** Rows of the file that are rejected. */
  readonly rejectedRows: number
  readonly remarks: readonly string[]
}

const SHOWN = 5

/** Translates the whole file and writes nothing. Accounts of the file itself count as known. */
export async function previewMapped(db: Db, file: MappedFile): Promise<Preview> {
  const translation = await openTranslation(db, file)
  const [leftOut, rejected] = [counts(), counts()]
  const rejectedLines = new Set<number>()
  const filter = rowFilter(file.mapping.only, translation.index)
  const kinds: PreviewedKind[] = []
  const remarks = new Set<string>()
  const tomorrow = new Date(file.fileDay + 2 * DAY).toISOString()
  let later = 0
  let rows = 0
  for (const kind of LOADED_KINDS) {
    const translator = translatorOf(kind, file.mapping, translation)
    if (translator === undefined) continue
    let count = 0
    const first: (readonly string[])[] = []
    const keep = (cells: readonly string[]) => {
      count += 1
      if (first.length < SHOWN) first.push(cells)
      if ((cells[translator.columns.indexOf('observed_at')] ?? '') > tomorrow) later += 1
      if (kind === 'accounts') translation.finder.add(accountOf(translator.columns, cells))
    }
    rows = 0
    for await (const batch of file.table.rows()) {
      for (const row of batch) {
        rows += 1
        if (isRefusal(row)) {
          if (!rejectedLines.has(row.line)) rejected.add(row.reason, row.line)
          rejectedLines.add(row.line)
          continue
        }
        const meant = filter(row.cells)
        const {
          rows: made,
          reasons,
          leftOut: reason,
        } = meant === true ? translator.take(row.cells) : { rows: [], reasons: [], leftOut: meant }
        if (reason !== undefined) leftOut.add(reason, row.line)
        for (const cells of made) keep(cells)
        if (reasons.length === 0 || rejectedLines.has(row.line)) continue
        rejectedLines.add(row.line)
        for (const text of reasons) rejected.add(text, row.line)
      }
    }
    for (const cells of translator.end()) keep(cells)
    for (const remark of translator.remarks?.() ?? []) remarks.add(remark)
    kinds.push({ kind, columns: translator.columns, count, first })
  }
  if (later > 0) {
    const rows = counted(later, 'row')
    remarks.add(`${rows} would be dated after ${tomorrow.slice(0, 10)}, and count from then on. Is the year right?`)
  }
  return {
    rows,
    kinds,
    leftOut: leftOut.list(),
    rejected: rejected.list(),
    rejectedRows: rejectedLines.size,
    remarks: [...remarks],
  }
}

function accountOf(columns: readonly string[], cells: readonly string[]) {
  const attributes = new Map(columns.map((column, at) => [column, cells[at] ?? ''] as const))
  return { id: attributes.get('id') ?? '', name: attributes.get('name') ?? '', attributes }
}

/** Reasons that differ in a value only are one. */
function counts() {
  const known = new Map<string, { reason: string; count: number; line: number; lines: Set<number> }>()
  return {
    add(reason: string, line: number) {
      const shape = reason.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/domain \S+/, 'domain')
      const entry = known.get(shape)
      if (entry === undefined) known.set(shape, { reason, count: 1, line, lines: new Set([line]) })
      else if (!entry.lines.has(line)) {
        entry.count += 1
        entry.lines.add(line)
      }
    },
    list: (): Counted[] =>
      [...known.values()]
        .map(({ reason, count, line }) => ({ reason, count, line }))
        .sort((a, b) => b.count - a.count)
        .slice(0, 20),
  }
}
