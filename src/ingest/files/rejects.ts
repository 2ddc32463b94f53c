import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { BotError } from '../../errors.ts'
import { harmless } from '../cells/harmless.ts'
import type { Reject } from './records.ts'

/** What stands before the cells of a rejected row. */
export const REJECT_COLUMNS = ['line', 'reason'] as const

/** The file of rejected rows: its columns, and whether its numbers are written in another country's way. */
type RejectedFrom = { readonly names: readonly string[]; readonly isForeign?: boolean | undefined }

/** Where rejected rows go. */
export type Rejects = { add(reject: Reject, from: RejectedFrom): void; close(): void }

const BUFFERED = 65_536

/**
 * Creates the file at the first reject; one from an earlier run is removed, so that it never describes another import.
 * Its rows can be fixed there and loaded again: each has its own cells, and the id that it would have had.
 */
export function rejectsFile(path: string): Rejects {
  let [file, waiting, delimiter]: [number | undefined, string, string] = [undefined, '', ',']
  inWords(path, () => rmSync(path, { force: true }))
  const write = () => {
    if (file !== undefined && waiting !== '') writeSync(file, waiting)
    waiting = ''
  }
  return {
    add(reject, { names, isForeign }) {
      if (file === undefined) {
        file = inWords(path, () => openSync(path, 'w', 0o600))
        // When loaded again, its numbers must not be read in the plain format.
        delimiter = isForeign ? ';' : ','
        waiting = rowOf([...REJECT_COLUMNS, ...withId(reject, names, names, 'id')], delimiter)
      }
      const { line, reason, id, cells } = reject
      waiting += rowOf([String(line), reason, ...withId(reject, names, cells, id ?? '').map(harmless)], delimiter)
      if (waiting.length > BUFFERED) inWords(path, write)
    },
    close() {
      inWords(path, write)
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** Rows of signals all have an id, so that those without one are known by the same number when they are loaded again. */
function withId(
  { id }: Reject,
  columns: readonly string[],
  cells: readonly string[],
  written: string,
): readonly string[] {
  if (id === undefined) return cells
  const at = columns.indexOf('id')
  if (at === -1) return [written, ...cells]
  return cells.length === columns.length && id !== '' ? cells.with(at, written) : cells
}

/** Where the lines of a converted file came from. */
type KnownLines = { reasonOf(line: number): string | undefined; rowOf(line: number): number }

/** Rejects with the row numbers of the original file, and with better reasons where those are known. */
export function withOrigin({ add, close }: Rejects, known: KnownLines | undefined): Rejects {
  if (known === undefined) return { add, close }
  return {
    add(reject, from) {
      const { line, reason } = reject
      add({ ...reject, line: known.rowOf(line), reason: known.reasonOf(line) ?? reason }, from)
    },
    close,
  }
}

/** Prints rejects one by one up to a limit, then how many more there were. */
export function rejectsSaid(say: (sentence: string) => void, most = Infinity): Rejects {
  let count = 0
  return {
    add({ line, reason, raw, id }) {
      count += 1
      if (count > most) return
      const numbered = id?.startsWith('~') === true ? ` (its id is ${id})` : ''
      say(`line ${line}: ${reason}${numbered}: ${raw.slice(0, 200).replace(/\p{Cc}/gu, ' ')}`)
    },
    close() {
      if (count > most) say(`and ${count - most} more`)
    },
  }
}

function rowOf(cells: readonly string[], delimiter: string): string {
  return `${cells.map(cell => (/[",;\n\r\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\n`
}

function inWords<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BotError('cannot_write_rejects', `${path} cannot be written: ${reason}.`, 'Rejected rows are kept there.')
  }
}
