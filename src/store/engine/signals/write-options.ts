import type { SignalRow } from './signal-row.ts'

/** Where corrections wait until everything that was sent with them has been read. */
export type WaitingRows = {
  readonly isEmpty: boolean
  /** Whether a correction of the same identity waits. */
  includes(row: SignalRow): boolean
  /** Replaces an earlier one of the same identity; false if there was one. */
  put(row: SignalRow): boolean
}

/** Makes a correction wait; the one that it replaces changes nothing. */
export function putLater(later: WaitingRows, row: SignalRow): 'later' | 'unchanged' {
  return later.put(row) ? 'later' : 'unchanged'
}

export type WriteOptions = { readonly isHistory: boolean; readonly later: WaitingRows | undefined }
