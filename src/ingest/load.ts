import type { Instant } from '../domain/instant.ts'
import { foldEmail } from '../domain/person.ts'
import { findAccountKeys, saveAccounts } from '../store/accounts.ts'
import type { Connection } from '../store/database.ts'
import { releaseParked } from '../store/parked.ts'
import { listPeople, savePeople, waysOf } from '../store/people.ts'
import type { Counts } from '../store/signals.ts'
import { ACCOUNT_COLUMNS, accountInRow } from './accounts.ts'
import { COMMENT_COLUMNS, commentInRow } from './comments.ts'
import { type Csv, readCsv, type Source } from './csv.ts'
import { PERSON_COLUMNS, personInRow } from './people.ts'
import type { CsvRow } from './records.ts'
import type { Rejects } from './rejects.ts'
import { SIGNAL_COLUMNS, signalInRow } from './signals.ts'
import { isRefusal, type Refusal } from './values.ts'
import { writeComments } from './write-comments.ts'
import { type SignalWriter, writeSignals } from './write-signals.ts'

export type Load = {
  readonly connection: Connection
  readonly source: Source
  readonly rejects: Rejects
  /** When it is learned. */
  readonly now: Instant
  /** Each signal counts as received when it was observed. */
  readonly isHistory?: boolean
  readonly writer?: SignalWriter
}

/** `read` counts what was saved, one way or another, and what was rejected. */
export type LoadReport = Counts & {
  readonly read: number
  readonly rejected: number
  readonly notes: readonly string[]
}

export type LoadedKind = 'accounts' | 'people' | 'signals' | 'comments'

export const LOADERS: Record<LoadedKind, (load: Load) => Promise<LoadReport>> = {
  accounts: loadAccounts,
  people: loadPeople,
  signals: loadSignals,
  comments: loadComments,
}

/** Rows sorted together before they are written. */
const SORTED_TOGETHER = 50_000

async function loadAccounts({ connection, source, rejects, now }: Load): Promise<LoadReport> {
  const csv = await readCsv(source, ACCOUNT_COLUMNS)
  const owners = new Set<string>()
  const report = await loadRows(csv, rejects, 500, {
    read: row => accountInRow(csv, row),
    save(rows) {
      for (const { attributes } of rows) owners.add(foldEmail(attributes.get('owner') ?? ''))
      return saveAccounts(connection.db, rows, now)
    },
  })
  return { ...report, notes: await unknownOwners(connection, owners) }
}

async function loadPeople({ connection, source, rejects, now }: Load): Promise<LoadReport> {
  const csv = await readCsv(source, PERSON_COLUMNS)
  return loadRows(csv, rejects, 500, {
    read: row => personInRow(csv, row),
    async save(rows) {
      const counts = await savePeople(connection.db, rows)
      // An address that was mended opens a way.
      for (const way of waysOf(rows)) await releaseParked(connection.db, way, now)
      return counts
    },
  })
}

async function loadSignals({ connection, source, rejects, now, isHistory, writer }: Load): Promise<LoadReport> {
  const csv = await readCsv(source, SIGNAL_COLUMNS)
  const accounts = await findAccountKeys(connection.db)
  const reception = { accounts, receivedAt: isHistory ? undefined : now }
  return loadRows(csv, rejects, SORTED_TOGETHER, {
    read: row => signalInRow(csv, row, reception),
    save: rows => writeSignals(connection, rows, writer),
  })
}

async function loadComments({ connection, source, rejects, now, isHistory }: Load): Promise<LoadReport> {
  const csv = await readCsv(source, COMMENT_COLUMNS)
  const accounts = await findAccountKeys(connection.db)
  const reception = { accounts, receivedAt: isHistory ? undefined : now }
  return loadRows(csv, rejects, 500, {
    read: row => commentInRow(csv, row, reception),
    save: rows => writeComments(connection, rows),
  })
}

async function loadRows<T extends object>(
  csv: Csv,
  rejects: Rejects,
  size: number,
  { read, save }: { read(row: CsvRow): T | Refusal; save(rows: readonly T[]): Promise<Counts> },
): Promise<LoadReport> {
  const report = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, notes: [] }
  let waiting: T[] = []
  const flush = async () => {
    const counts = await save(waiting)
    for (const outcome of ['added', 'changed', 'unchanged'] as const) report[outcome] += counts[outcome]
    waiting = []
  }
  for await (const batch of csv.batches) {
    for (const row of batch) {
      report.read += 1
      const result = isRefusal(row) ? row : read(row)
      if (isRefusal(result)) {
        report.rejected += 1
        rejects.add({ ...row, reason: result.reason }, csv.names)
      } else waiting.push(result)
    }
    if (waiting.length >= size) await flush()
  }
  await flush()
  return report
}

/** They are kept: people may be imported later. */
async function unknownOwners({ db }: Connection, owners: ReadonlySet<string>): Promise<string[]> {
  const known = new Set((await listPeople(db)).map(({ email }) => email))
  return [...owners]
    .filter(owner => owner !== '' && !known.has(owner))
    .sort()
    .map(owner => `The owner ${owner} is not among the people; import people, or mend the spelling.`)
}
