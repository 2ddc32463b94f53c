import type { Instant } from '../../domain/time/instant.ts'
import type { NamedFacts } from '../../model/named-facts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import type { Counts } from '../../store/sources/signals.ts'
import type { Note } from '../files/notes.ts'
import type { KnownPlatform } from '../known-platform.ts'
import type { PlainRows } from './ndjson.ts'
import type { Rejected } from './rejects.ts'
import type { SentRow } from './sent-row.ts'

/** What receiving rows needs. */
export type Reception = {
  readonly connection: Connection
  readonly now: Instant
  /** What the settings ask of the data. */
  readonly facts: NamedFacts
  readonly platforms: readonly KnownPlatform[]
}

/** Where the rows of one request go, as they come. */
export type Intake = {
  /** Takes plain rows as bytes, if supported; those are part of the next batch. */
  readonly plain?: PlainRows
  /** Once it resolves, new rows are on disk. */
  take(rows: readonly SentRow[]): Promise<void>
  /** Once it resolves, everything is, including corrections, of which the last of each identity counts. */
  end(): Promise<Received>
  close(): void | Promise<void>
}

/** `rejects` lists the first 1,000 of the rejected, and a note says so. */
export type Received = Counts & {
  readonly read: number
  readonly rejected: number
  readonly rejects: readonly Rejected[]
  readonly notes: readonly Note[]
}
