import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { BotError } from '../errors.ts'
import type { Reject } from './records.ts'

/** Where rows go that were left out. */
export type Rejects = { add(reject: Reject): void; close(): void }

const BUFFERED = 65_536

/** Writes a file at the first reject; one from an earlier run is removed, so that it never speaks of another import. */
export function rejectsFile(path: string): Rejects {
  let [file, waiting]: [number | undefined, string] = [undefined, '']
  inWords(path, () => rmSync(path, { force: true }))
  const write = () => {
    if (file !== undefined && waiting !== '') writeSync(file, waiting)
    waiting = ''
  }
  return {
    add({ line, reason, raw }) {
      if (file === undefined) {
        file = inWords(path, () => openSync(path, 'w', 0o600))
        waiting = 'line,reason,row\n'
      }
      waiting += `${line},${csvCell(reason)},${csvCell(raw)}\n`
      if (waiting.length > BUFFERED) inWords(path, write)
    },
    close() {
      inWords(path, write)
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** Says rejects one by one, at most so many, then how many more there were. */
export function rejectsSaid(say: (sentence: string) => void, most = Infinity): Rejects {
  let count = 0
  return {
    add({ line, reason, raw }) {
      count += 1
      if (count <= most) say(`line ${line}: ${reason}: ${raw.slice(0, 200).replace(/\p{Cc}/gu, ' ')}`)
    },
    close() {
      if (count > most) say(`and ${count - most} more`)
    },
  }
}

/** A spreadsheet takes a cell that begins so for a formula, even after blanks. */
function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r]/u.test(text) ? `'${text}` : text
  return /[",;\n\r\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function inWords<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BotError('cannot_write_rejects', `${path} cannot be written: ${reason}.`, 'Rejected rows are kept there.')
  }
}
