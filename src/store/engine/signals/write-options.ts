import type { SignalRow } from './signal-row.ts'

/** Where corrections wait until everything that was sent with them has been read. */
export type LaterRows = {
  readonly isEmpty: boolean
  /** Whether a correction of the same identity waits. */
  includes(row: SignalRow): boolean
  /** Replaces an earlier one of the same identity; false if there was one. */
  put(row: SignalRow): boolean
}

export type WriteOptions = { readonly isHistory: boolean; readonly later: LaterRows | undefined }
