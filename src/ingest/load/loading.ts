import type { Instant } from '../../domain/time/instant.ts'
import type { NamedFacts } from '../../model/named-facts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import type { Counts } from '../../store/sources/signals.ts'
import type { DecimalSign } from '../cells/numbers.ts'
import type { Source } from '../files/csv.ts'
import type { Note } from '../files/notes.ts'
import type { Rejects } from '../files/rejects.ts'
import type { KnownPlatform } from '../known-platform.ts'

/** Everything that loading a file needs. */
export type Load = {
  readonly connection: Connection
  readonly source: Source
  readonly rejects: Rejects
  /** When it is learned. */
  readonly now: Instant
  /** From when the values of accounts hold, if not from now. */
  readonly from?: Instant | undefined
  /** Each signal counts as received when it was observed. */
  readonly isHistory?: boolean
  /** The decimal sign of the file; without it the file is scanned if a number is ambiguous. */
  readonly decimal?: DecimalSign | undefined
  /** What the settings ask of the data; without them nothing is said about it. */
  readonly facts?: NamedFacts | undefined
  /** The chat platforms that people may be on. */
  readonly platforms: readonly KnownPlatform[]
  /** For people: anyone absent has left. */
  readonly isComplete?: boolean
}

/** `read` counts all rows, saved or rejected. */
export type LoadReport = Counts & {
  readonly read: number
  readonly rejected: number
  readonly notes: readonly Note[]
  /** How many people have left, if the file was complete. */
  readonly left?: number
  /** For outcomes: the accounts that the file says churned. */
  readonly churned?: ReadonlySet<number>
}
