import type { Reach } from '../../domain/scoring/reach.ts'
import type { SeriesColumns } from '../../domain/scoring/readings/columns.ts'
import type { ObservedRow } from '../../domain/scoring/readings/history-in-order.ts'
import type { Signal } from '../../domain/sources/signal.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import type { AccountKeys } from './account-keys.ts'
import type { Places } from './signals/batch-order.ts'
import type { SignalBatch } from './signals/signal-batch.ts'
import type { SignalRow } from './signals/signal-row.ts'

/**
 * An open database: `db` runs the SQL that every database understands, and `engine` does what each does its own way.
 */
export type Connection = {
  readonly db: Db
  readonly engine: Engine
  /** Runs work that only reads: on the replica, if there is one and it has caught up. */
  reading<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Everything that differs between databases; each has a folder beside this file. A function that takes a `db` is part
 * of the transaction that is open on it, if there is one.
 */
export type Engine = {
  /** The name of the database in a sentence, such as its file. */
  readonly name: string
  readonly signals: SignalEngine
  /** Whether several services can run on it at the same time. */
  readonly isShared: boolean
  /** Throws a `BotError` if Rounds cannot work on it: the wrong version, encoding or permissions. */
  refuseUnfit(): Promise<void>
  /** Whether a service is using it now: then nothing may hold it up. */
  isServed(): Promise<boolean>
  /** Keeps a copy of the database from before `migration`, the first one that is about to change it. */
  copyBefore(migration: string): Promise<void>
  /** Checks the whole database for damage, at a few hundred megabytes a second. */
  isSound(): Promise<boolean>
  /** Until `end()`, writes stay in the log beside the file, and the file itself stays untouched. */
  leaveFileAsItIs(): { end(): void }
  /** Bytes in the log that have not been checkpointed yet. */
  walBytes(): Promise<number>
  /** Free bytes where the database is; undefined if there is no disk, or it is unknown. */
  freeBytes(): Promise<number | undefined>
  /** Writes a little to disk and deletes it again. Throws the database's error if that fails. */
  probeWriting(db: Db, now: Instant): Promise<void>
  /**
   * Runs one statement that waits neither for the disk nor for another writer. What it wrote survives a killed process;
   * once `onDisk()` resolves, it also survives a power cut or a server crash. Not for use in a transaction.
   */
  writeLightly<T>(db: Db, write: (db: Db) => Promise<T>): Promise<{ readonly result: T; onDisk(): Promise<void> }>
  /** Calls `wake` whenever a message enters the outbox. A file has one sender, which is told directly. */
  listenToOutbox(wake: () => void): { end(): Promise<void> }
  /** What is down or far behind, but not required, in sentences. */
  degraded(): Promise<string[]>
  /** What could work better, in sentences; takes a moment. */
  notes(): Promise<string[]>
  /** Until `end()`, the connection writes to temporary tables, so that a dry run counts with the real statements. */
  dryRun(): Promise<{ end(): Promise<void> }>
}

/** Held by the one service that works on a database. */
export type ServiceLock = { release(): Promise<void> }

/** Signals come by the million, so each engine has its own statements and layout for them. */
export type SignalEngine = SignalSink & {
  /** For signals that were sent together, in a file or a request. */
  openTogether(): SignalsTogether
  /** An account's current signals up to an instant. */
  read(db: Db, account: number, until: Instant): Promise<Signal[]>
  /**
   * The same without source and time of receipt, at less cost: the signals since the week of `from`, and the newest one
   * of each metric before it.
   */
  readObserved(db: Db, account: number, span: ObservedSpan): Promise<readonly ObservedRow[]>
  /** Values that later corrections replaced. */
  readEarlierVersions(db: Db, account: number, until: Instant): Promise<Signal[]>
  /** Copies the past weeks that scoring reads to where they are read faster. The results are the same. */
  packWeeks(db: Db, reach: Reach): Promise<void>
  /** Prepares to read what scoring looks at, for one batch of accounts after the other. */
  openSeries(db: Db, reach: Reach): Promise<SeriesReader>
}

/** `from` is -Infinity where all is read up to `until`. */
export type ObservedSpan = { readonly from: Instant; readonly until: Instant }

/**
 * Reads a batch in one pass; the result is valid until the next one is read. Undefined if several accounts hold more
 * than `most` signals together: ask for fewer accounts.
 */
export type SeriesReader = (accounts: AccountKeys, most: number) => Promise<SeriesBatch | undefined>

/** The signals of a batch. Metric `m` of account `a`, both counted from 0, is series `a * (number of metrics) + m`. */
export type SeriesBatch = {
  readonly columns: SeriesColumns
  /**
   * When the first signal of each series was observed; perhaps `earliest` if it was before that, Infinity if there is
   * none.
   */
  readonly firstAt: Float64Array
}

/** What became of rows that were saved. */
export type Counts = { readonly added: number; readonly changed: number; readonly unchanged: number }

/**
 * `isHistory`: a row that repeats a known value moves the time when it was learned back, if it was received earlier.
 */
export type SaveOptions = { readonly isHistory?: boolean }

export type SignalSink = {
  /** Adds rows of a batch, by their places in key order, all or none, and marks the accounts that have news. */
  add(db: Db, batch: SignalBatch, order: Places, options: SaveOptions): Promise<Counts>
}

/** In key order, one for each identity. */
export type Corrections = readonly SignalRow[]

/**
 * Adds new rows at once. Corrections wait until everything has been added, and of each identity the last one counts.
 * The accounts that have news may stay unmarked until `noteNews`, which comes last in each transaction that adds.
 */
export type SignalsTogether = SignalSink & {
  noteNews(db: Db): Promise<void>
  /** The next corrections that wait; undefined when none are left. */
  takeCorrections(most: number): Corrections | undefined
  writeCorrections(db: Db, corrections: Corrections, options: SaveOptions): Promise<Counts>
  close(): void
}
