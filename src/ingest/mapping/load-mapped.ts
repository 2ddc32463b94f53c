import { addCounts } from '../../store/counts.ts'
import type { Note } from '../files/notes.ts'
import { mostFrequent, tally } from '../files/notes.ts'
import { LOADED_KINDS, LOADERS, type LoadedKind } from '../load/load.ts'
import type { Load, LoadReport } from '../load/loading.ts'
import type { Translator } from '../translate/translator.ts'
import { mappedRejects } from './mapped-rejects.ts'
import { type MappedFile, openTranslation, translatorOf } from './open-translation.ts'
import { translatedCsv, translatedSource } from './translated-source.ts'

export type MappedLoad = Omit<Load, 'source' | 'decimal'> &
  MappedFile & {
    /** Of a mapping that makes several kinds, only these. */
    readonly kinds?: readonly LoadedKind[]
    /** Columns that are the file's own, without those of a second one. */
    readonly width: number
    /** What follows the load of a kind. */
    readonly loaded?: (kind: LoadedKind, report: LoadReport) => Promise<void>
  }

/** `read` and `rejected` count rows of the file, the rest what they became. */
export type MappedReport = LoadReport & {
  readonly kinds: Readonly<Partial<Record<LoadedKind, LoadReport>>>
  /** Rows that no kind meant, or only some did. */
  readonly leftOut: number
  readonly footer: number
}

/** Loads a file by its mapping: accounts and people first, so that what follows finds them. */
export async function loadMapped(load: MappedLoad): Promise<MappedReport> {
  const { table, mapping, connection, width } = load
  const rejects = mappedRejects(table, width, load.rejects)
  const leftOut = tally()
  const leftRows = new Set<number>()
  const kinds: Partial<Record<LoadedKind, LoadReport>> = {}
  const remarks = new Set<string>()
  for (const kind of LOADED_KINDS) {
    if (load.kinds !== undefined && !load.kinds.includes(kind)) continue
    const translation = await openTranslation(connection.db, load)
    if (translatorOf(kind, mapping, translation) === undefined) continue
    let last: Translator | undefined
    const source = translatedSource(table.name, isFirst => {
      const translator = translatorOf(kind, mapping, translation)
      if (translator === undefined) throw new Error('a mapping lost a kind')
      const told = {
        reject: isFirst ? rejects.reject : () => {},
        wrote: rejects.wrote,
        leftOut(reason: string, { line }: { line: number }) {
          if (!isFirst || leftRows.has(line)) return
          leftRows.add(line)
          leftOut.add(reason, `line ${line}`)
        },
      }
      last = translator
      return translatedCsv(table, translator, { only: mapping.only, index: translation.index, told })
    })
    const report = await LOADERS[kind]({ ...load, source, rejects: rejects.ofLoader, decimal: '.' })
    kinds[kind] = report
    for (const remark of (last as Translator | undefined)?.remarks?.() ?? []) remarks.add(remark)
    await load.loaded?.(kind, report)
  }
  await rejects.finish()
  return {
    ...totals(Object.values(kinds)),
    kinds,
    read: load.fit.rows,
    rejected: rejects.count,
    leftOut: leftRows.size,
    footer: table.footer.length,
    notes: [
      ...Object.values(kinds).flatMap(({ notes }) => notes.filter(({ kind }) => kind !== 'near_miss')),
      ...mostFrequent(leftOut.entries().map(([reason, { count, example }]) => leftOutNote(reason, count, example))),
      ...[...remarks].map((text): Note => ({ kind: 'rule', text, count: 1, example: '' })),
      ...footerNotes(table.footer.length, table.footer[0]?.line),
    ],
  }
}

function totals(reports: readonly LoadReport[]) {
  const total = { added: 0, changed: 0, unchanged: 0 }
  for (const report of reports) addCounts(total, report)
  const left = reports.find(({ left }) => left !== undefined)?.left
  return { ...total, ...(left !== undefined && { left }) }
}

function leftOutNote(reason: string, count: number, example: string): Note {
  const rows = count === 1 ? '1 row was left out' : `${count.toLocaleString('en')} rows were left out`
  return { kind: 'left_out', text: `${rows}, because ${reason}; the first is on ${example}.`, count, example }
}

function footerNotes(count: number, line = 0): Note[] {
  if (count === 0) return []
  const text =
    count === 1
      ? `Line ${line}, below the rows, is a footer and was left out.`
      : `${count} lines below the rows, from line ${line} on, are a footer and were left out.`
  return [{ kind: 'footer', text, count, example: `line ${line}` }]
}
