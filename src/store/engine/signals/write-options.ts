import type { SignalRow } from './signal-row.ts'

/** Where corrections wait until everything that was sent with them has been read. */
export type LaterRows = {
  readonly isEmpty: boolean
  /** Whether a correction of the same identity waits. */
  includes(row: SignalRow): boolean
  /** In place of an earlier one of the same identity; false when there was one. */
  put(row: SignalRow): boolean
}

export type WriteOptions = { readonly isHistory: boolean; readonly later: LaterRows | undefined }
