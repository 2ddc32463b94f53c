import type * as z from 'zod'
import { createYielder } from '../../async/yielder.ts'
import { addCounts } from '../../store/counts.ts'
import { slices } from '../../store/slices.ts'
import type { HeldRows } from '../../store/sources/held-rows.ts'
import type { Counts } from '../../store/sources/signals.ts'
import type { Columns } from '../cells/columns.ts'
import { isRefusal, quoted, type Refusal, refuse } from '../cells/values.ts'
import type { Note } from '../files/notes.ts'
import { guideOf } from './fields.ts'
import type { Intake } from './intake.ts'
import { fieldNames, type NamedFields, type ObjectRow, objectRow, typeProblems } from './object-row.ts'
import { rejectList } from './rejects.ts'
import type { SentRow } from './sent-row.ts'

/** What to do with objects that were sent, of one kind. */
export type ObjectWork<T> = {
  /** What one is called, with its article. */
  readonly noun: string
  readonly schema: z.ZodObject
  /** Names of fields that are matched however they are written. */
  readonly known: readonly string[]
  /** Looks up what reading a batch of rows needs. */
  prepare?(rows: readonly ObjectRow[]): Promise<void>
  /** `isTrial`: only to say what is wrong with it. */
  read(row: ObjectRow, isTrial: boolean): T | Refusal
  save(rows: readonly T[], later?: HeldRows<T>): Promise<Counts>
  /** `columns` are the fields that came. */
  notes(columns: Columns): Promise<readonly Note[]>
}

/** Rows saved together: more would block the event loop for longer than 50 ms. */
const SIZE = 100
const MOST_NAMES = 1_000

/** Checks and saves objects as they come, by what the import of a file does with its rows. */
export function openRows<T extends object>(work: ObjectWork<T>): Intake {
  const yieldIfDue = createYielder()
  const rejects = rejectList(guideOf(work.schema))
  const named = fieldNames(work.known)
  const later: HeldRows<T> = new Map()
  const written = new Map<string, string>()
  const counts = { read: 0, added: 0, changed: 0, unchanged: 0 }
  const note = ({ fields, written: sent }: NamedFields) => {
    ;[...fields.keys()].forEach((name, at) => {
      if (written.size < MOST_NAMES) written.set(name, sent[at] ?? name)
    })
  }
  /** The row, or everything that is wrong with its types. */
  const rowOf = (value: unknown, line: number): ObjectRow | readonly Refusal[] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [refuse(`${quoted(value)} is not ${work.noun}, which is an object`)]
    }
    const found = named(value)
    if (isRefusal(found)) return [found]
    if (line > 0) note(found)
    const problems = typeProblems(work.schema, found.fields)
    return problems.length > 0 ? problems : objectRow(found.fields, line)
  }
  const check = (value: unknown): readonly Refusal[] => {
    const row = rowOf(value, 0)
    if (!('table' in row)) return row
    const result = work.read(row, true)
    return isRefusal(result) ? [result] : []
  }

  return {
    async take(sent: readonly SentRow[]) {
      counts.read += sent.length
      const rows: (ObjectRow | readonly Refusal[])[] = []
      for (const { sent: one, row } of sent) {
        rows.push(isRefusal(one) ? [one] : rowOf(one.value, row))
        await yieldIfDue()
      }
      await work.prepare?.(rows.filter(row => 'table' in row))
      const good: T[] = []
      for (const [at, row] of rows.entries()) {
        const result = 'table' in row ? work.read(row, false) : (row[0] ?? refuse('the row cannot be read'))
        const from = sent[at]
        if (!isRefusal(result)) good.push(result)
        else if (from !== undefined) rejects.add(from, result, check)
        await yieldIfDue()
      }
      for (const part of slices(good, SIZE)) {
        addCounts(counts, await work.save(part, later))
        await yieldIfDue()
      }
    },
    async end() {
      for (const part of slices([...later.values()], SIZE)) {
        addCounts(counts, await work.save(part))
        await yieldIfDue()
      }
      const notes = await work.notes({ names: [...written.keys()], written: [...written.values()] })
      return {
        ...counts,
        rejected: rejects.count(),
        rejects: rejects.listed(),
        notes: [...notes, ...rejects.notes()],
      }
    },
    close() {},
  }
}
