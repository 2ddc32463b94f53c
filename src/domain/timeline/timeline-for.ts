import { type Confidentiality, EVERYBODY, maySee, type Reader } from '../alerts/confidential.ts'
import type { TimelineEntry } from './timeline.ts'

/** What somebody may see of what happened: whole entries are left out, or what was written in them is. */
export function timelineFor(
  entries: readonly TimelineEntry[],
  reader: Reader,
  owner: string | undefined,
): readonly TimelineEntry[] {
  const sees = (confidence: Confidentiality) => maySee(reader, { ...confidence, owner })
  return entries.flatMap((entry): TimelineEntry[] => {
    if ('alert' in entry && entry.alert !== undefined && !sees({ kind: entry.alert, holder: entry.holder })) return []
    switch (entry.kind) {
      case 'pulse':
        return [sees({ kind: 'pulse_note', writer: entry.by }) ? entry : without(entry, 'note')]
      case 'comment':
        return [
          sees({ kind: 'comment_text', writer: entry.addedBy }) || sees({ kind: 'comment_text', writer: entry.author })
            ? entry
            : { kind: 'comment', at: entry.at },
        ]
      // What came of it is for colleagues, not for others who read along.
      case 'alert_resolved':
        return [reader === EVERYBODY ? without(entry, 'resolution') : entry]
      case 'outcome':
      case 'task_ended':
        return [reader === EVERYBODY ? without(entry, 'note') : entry]
      default:
        return [entry]
    }
  })
}

function without<E extends object, K extends keyof E>(entry: E, key: K): Omit<E, K> & E {
  if (entry[key] === undefined) return entry
  const { [key]: _, ...rest } = entry
  return rest as Omit<E, K> & E
}
