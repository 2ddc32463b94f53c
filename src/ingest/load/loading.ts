import type { Instant } from '../../domain/time/instant.ts'
import type { NamedFacts } from '../../model/named-facts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import type { Counts } from '../../store/sources/signals.ts'
import type { DecimalSign } from '../cells/numbers.ts'
import type { Source } from '../files/csv.ts'
import type { Note } from '../files/notes.ts'
import type { Rejects } from '../files/rejects.ts'
import type { KnownPlatform } from '../known-platform.ts'

/** What a file is loaded with. */
export type Load = {
  readonly connection: Connection
  readonly source: Source
  readonly rejects: Rejects
  /** When it is learned. */
  readonly now: Instant
  /** From when the values of accounts hold, where that is not now. */
  readonly from?: Instant | undefined
  /** Each signal counts as received when it was observed. */
  readonly isHistory?: boolean
  /** The sign before the decimals of the file's numbers; without it the file is looked through where one is in doubt. */
  readonly decimal?: DecimalSign | undefined
  /** What the settings ask of the data; without them nothing is said about it. */
  readonly facts?: NamedFacts | undefined
  /** The chat platforms that people may be on. */
  readonly platforms: readonly KnownPlatform[]
  /** Of people: who is absent has left. */
  readonly isComplete?: boolean
}

/** `read` counts what was saved, one way or another, and what was rejected. */
export type LoadReport = Counts & {
  readonly read: number
  readonly rejected: number
  readonly notes: readonly Note[]
  /** How many people have left, where the file was complete. */
  readonly left?: number
  /** Of outcomes: the accounts of which the file says that they churned. */
  readonly churned?: ReadonlySet<number>
}
