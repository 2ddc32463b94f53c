import type { Note } from '../files/notes.ts'
import type { Numbering } from './numbering.ts'

/** Says how many rows there were, and that the next file or request begins again. */
export function sameTimeNotes({ count, example = '' }: Numbering['numbered'], sent: 'file' | 'request'): Note[] {
  if (count === 0) return []
  const rows = count === 1 ? '1 row without an id shares' : `${count.toLocaleString('en')} rows without an id share`
  const text = `${rows} account, metric and time with an earlier one: each counts as an event of its own, numbered ~2, ~3, ... in the order of the ${sent}. Numbering starts over with each ${sent}; send ids if you split one.`
  return [{ kind: 'same_time', text, count, example }]
}
