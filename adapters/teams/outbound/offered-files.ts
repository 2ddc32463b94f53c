import { randomUUID } from 'node:crypto'
import type { Clock } from '../../../src/clock.ts'

export type OfferedFile = { readonly user: string; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** Files that wait for the consent of the person they are for, in memory: an offer is gone after ten minutes. */
export type OfferedFiles = {
  /** Returns the offer's id. */
  keep(file: OfferedFile): string
  /** Once, and for the person it was offered to alone. */
  take(id: string, user: string): OfferedFile | undefined
}

const WHILE = 10 * 60_000
const MOST_BYTES = 50_000_000

export function createOfferedFiles(clock: Clock): OfferedFiles {
  const kept = new Map<string, OfferedFile & { readonly at: number }>()
  const size = () => [...kept.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  /** The oldest come first. */
  const forget = () => {
    for (const [id, { at }] of kept) {
      if (Math.abs(clock() - at) <= WHILE && size() <= MOST_BYTES) break
      kept.delete(id)
    }
  }
  return {
    keep(file) {
      const id = randomUUID()
      kept.set(id, { ...file, at: clock() })
      forget()
      return id
    },
    take(id, user) {
      forget()
      const found = kept.get(id)
      if (found?.user !== user) return undefined
      kept.delete(id)
      return found
    },
  }
}
