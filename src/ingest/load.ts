import type { Instant } from '../domain/instant.ts'
import type { NamedFacts } from '../model/named-facts.ts'
import { findAccountKeys } from '../store/accounts.ts'
import type { Connection } from '../store/database.ts'
import { releaseParked } from '../store/parked.ts'
import { savePeople, waysOf } from '../store/people.ts'
import type { Counts } from '../store/signals.ts'
import { COMMENT_COLUMNS, commentInRow } from './comments.ts'
import { readCsv, type Source } from './csv.ts'
import { loadAccounts } from './load-accounts.ts'
import { loadRows } from './load-rows.ts'
import { loadSignals } from './load-signals.ts'
import { numbersOf } from './look-through.ts'
import { nearMisses } from './near-misses.ts'
import type { Note } from './notes.ts'
import type { DecimalSign } from './numbers.ts'
import { PERSON_COLUMNS, personInRow } from './people.ts'
import type { Rejects } from './rejects.ts'
import { writeComments } from './write-comments.ts'
import type { SignalWriter } from './write-signals.ts'

export type Load = {
  readonly connection: Connection
  readonly source: Source
  readonly rejects: Rejects
  /** When it is learned. */
  readonly now: Instant
  /** Each signal counts as received when it was observed. */
  readonly isHistory?: boolean
  /** The sign before the decimals of the file's numbers; without it the file is looked through where one is in doubt. */
  readonly decimal?: DecimalSign | undefined
  /** What the settings ask of the data; without them nothing is said about it. */
  readonly facts?: NamedFacts | undefined
  readonly writer?: SignalWriter
}

/** `read` counts what was saved, one way or another, and what was rejected. */
export type LoadReport = Counts & {
  readonly read: number
  readonly rejected: number
  readonly notes: readonly Note[]
}

export type LoadedKind = 'accounts' | 'people' | 'signals' | 'comments'

export const LOADERS: Record<LoadedKind, (load: Load) => Promise<LoadReport>> = {
  accounts: loadAccounts,
  people: loadPeople,
  signals: loadSignals,
  comments: loadComments,
}

const NOT_READ = 'is not read'

async function loadPeople({ connection, source, rejects, now }: Load): Promise<LoadReport> {
  const csv = await readCsv(source, PERSON_COLUMNS)
  const report = await loadRows(csv, rejects, {
    size: 500,
    read: row => personInRow(csv, row),
    async save(rows) {
      const counts = await savePeople(connection.db, rows)
      // An address that was mended opens a way.
      for (const way of waysOf(rows)) await releaseParked(connection.db, way, now)
      return counts
    },
  })
  return { ...report, notes: nearMisses(csv, PERSON_COLUMNS.known, NOT_READ) }
}

async function loadComments({ connection, source, rejects, now, isHistory, decimal }: Load): Promise<LoadReport> {
  const csv = await readCsv(source, COMMENT_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: COMMENT_COLUMNS, columns: ['sentiment'], decimal })
  const reception = { accounts: await findAccountKeys(connection.db), now, isHistory: isHistory ?? false }
  const report = await loadRows(csv, rejects, {
    size: 500,
    numbers,
    read: row => commentInRow(csv, row, reception, numbers),
    save: rows => writeComments(connection, rows, reception.isHistory),
  })
  return { ...report, notes: nearMisses(csv, COMMENT_COLUMNS.known, NOT_READ) }
}
