import type { CsvRow, Reject } from '../files/records.ts'

/** A file of any form as rows of text, which can be read as often as needed. */
export type Table = {
  readonly name: string
  /** What the file is, in words: "CSV in windows-1252, separated by ;". */
  readonly form: string
  /** As the file writes them; '' where there is no name. */
  readonly columns: readonly string[]
  /** From the row after the header on. A row with a reason cannot be read. */
  rows(): AsyncIterable<readonly (CsvRow | Reject)[]>
  /** What stands below the rows, as a report writes it; known once they were read to the end. */
  readonly footer: readonly CsvRow[]
}

/** Reads all records of a file from the first, header included. */
export type OpenRecords = () => AsyncIterable<readonly (CsvRow | Reject)[]>
