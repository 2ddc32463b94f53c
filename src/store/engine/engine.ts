import type { Reach } from '../../domain/scoring/reach.ts'
import type { SeriesColumns } from '../../domain/scoring/readings/columns.ts'
import type { ObservedSignal, Signal } from '../../domain/sources/signal.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import type { AccountKeys } from './account-keys.ts'
import type { Places } from './signals/batch-order.ts'
import type { SignalBatch } from './signals/signal-batch.ts'
import type { SignalRow } from './signals/signal-row.ts'

/** A database, open: `db` speaks the SQL that all of them understand, `engine` does what each does in its own way. */
export type Connection = {
  readonly db: Db
  readonly engine: Engine
  /** Runs what only reads: on a replica, where there is one that has all that is committed by now. */
  reading<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Everything that is true of one database only: a folder beside this file for each. What is given a `db` is part of the
 * transaction that is open on it, if there is one.
 */
export type Engine = {
  /** What the database is called in a sentence, such as its file. */
  readonly name: string
  readonly signals: SignalEngine
  /** Whether several services may be at work on it. */
  readonly isShared: boolean
  /** Throws a sentence if Rounds cannot work on it: the wrong version, encoding or permissions. */
  refuseUnfit(): Promise<void>
  /** Whether a service is using it now, so that nothing may hold it up. */
  isServed(): Promise<boolean>
  /** Keeps a copy as it is before the first of the migrations that change it. */
  copyBefore(migration: string): Promise<void>
  /** Checks all of it, at some hundred megabytes a second. */
  isSound(): Promise<boolean>
  /** From here on, writes stay in the log next to the file, and the file stays untouched, until the end. */
  leaveFileAsItIs(): { end(): void }
  /** Bytes in the log that have not been checkpointed yet. */
  walBytes(): Promise<number>
  /** Free bytes where the database is; undefined if there is no disk, or it is unknown. */
  freeBytes(): Promise<number | undefined>
  /** Writes a little to disk and deletes it again. Throws the database's error if that fails. */
  probeWriting(db: Db, now: Instant): Promise<void>
  /**
   * One statement that holds nobody up, neither for the disk nor for another writer. A process that is killed loses
   * nothing of it; once `onDisk()` resolves, a power cut or a server that crashes does not either. Not within a transaction.
   */
  writeLightly<T>(db: Db, write: (db: Db) => Promise<T>): Promise<{ readonly result: T; onDisk(): Promise<void> }>
  /** Calls `wake` whenever something was put into the outbox; a file has one sender, which is told directly. */
  listenToOutbox(wake: () => void): { end(): Promise<void> }
  /** Whatever is down or far behind but not needed. */
  degraded(): Promise<string[]>
  /** What works worse than it could, in sentences; takes a moment. */
  notes(): Promise<string[]>
  /** From here on, until the end, the connection writes to temporary tables: a dry run counts with the real statements. */
  dryRun(): Promise<{ end(): Promise<void> }>
}

/** Held by the one service that works on a database. */
export type ServiceLock = { release(): Promise<void> }

/** Signals: rows by the million, so each engine has statements and a layout of its own for them. */
export type SignalEngine = SignalSink & {
  /** For what was sent together, in a file or a request. */
  openTogether(): SignalsTogether
  /** An account's current signals up to an instant. */
  read(db: Db, account: number, until: Instant): Promise<Signal[]>
  /** The same without the time and source of receipt, for two thirds of the cost. `metrics` may still be on their way. */
  readObserved(db: Db, account: number, until: Instant, metrics: Promise<MetricNames>): Promise<ObservedSignal[]>
  /** What later corrections replaced. */
  readEarlierVersions(db: Db, account: number, until: Instant): Promise<Signal[]>
  /** Copies past weeks that scoring reads to where they are read faster. Results stay the same. */
  packWeeks(db: Db, reach: Reach): Promise<void>
  /** Gets ready to read what scoring looks at, for one batch of accounts after the other. */
  openSeries(db: Db, reach: Reach): Promise<SeriesReader>
}

/** The name of each metric, by its key. */
export type MetricNames = ReadonlyMap<number, string>

/** Reads a batch in one pass, which stands until the next is read; undefined where several accounts hold more than `most` signals together: take fewer. */
export type SeriesReader = (accounts: AccountKeys, most: number) => Promise<SeriesBatch | undefined>

/** What was read of a batch. Metric `m` of account `a`, both by their places, is series `a * (number of metrics) + m`. */
export type SeriesBatch = {
  readonly columns: SeriesColumns
  /** When the first signal of each series was observed, perhaps `earliest` where that lies before it; Infinity where there is none. */
  readonly firstAt: Float64Array
}

/** What happened to rows that were saved. */
export type Counts = { readonly added: number; readonly changed: number; readonly unchanged: number }

/** `isHistory`: a row that says what is known lowers the instant at which it was learned. */
export type SaveOptions = { readonly isHistory?: boolean }

export type SignalSink = {
  /** Adds some rows of a batch, in key order, all or none, and marks the accounts that have news. */
  add(db: Db, batch: SignalBatch, order: Places, options: SaveOptions): Promise<Counts>
}

/** In key order, one for each identity. */
export type Corrections = readonly SignalRow[]

/**
 * Adds what is new at once; corrections wait until all was added, and of each identity the last one counts. Which
 * accounts have news may wait for `noteNews`, the last word of each transaction that adds.
 */
export type SignalsTogether = SignalSink & {
  noteNews(db: Db): Promise<void>
  /** The next of the corrections that wait; undefined when none is left. */
  takeCorrections(most: number): Corrections | undefined
  writeCorrections(db: Db, corrections: Corrections, options: SaveOptions): Promise<Counts>
  close(): void
}
