import { isoTime } from '../domain/time/iso-time.ts'
import type { TimelineEntry } from '../domain/timeline/timeline.ts'

/** Words of customers and colleagues are called quoted, so that nobody takes them for words of Rounds. */
const QUOTED: Readonly<Record<string, string>> = { text: 'quoted_text', note: 'quoted_note', title: 'quoted_title' }

/** Something that happened to an account; what the reader may not see is not in the entry. */
export function timelineEntryDocument({ at, ...event }: TimelineEntry): Record<string, unknown> {
  const fields = Object.entries(event).map(([name, value]) => [QUOTED[name] ?? snakeCase(name), value])
  return { at: isoTime(at), ...Object.fromEntries(fields) }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
