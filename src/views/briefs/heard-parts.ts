import { dayIn } from '../../domain/time/zoned-time.ts'
import type { TimelineEntry } from '../../domain/timeline/timeline.ts'
import type { Item } from '../card.ts'
import { timelineItem } from '../timeline/timeline-item.ts'
import type { Section } from './section.ts'

const MOST = 8

/** What was said and what changed: pulses, comments, outcomes, a new owner, another renewal; the newest first. */
export const heardParts: Section = (model, { heard, since }, { timeZone, nameOf }) => {
  const reader = { isPrivate: true, timeZone, nameOf }
  const items = heard.filter(isWorthALine).map(entry => timelineItem(model, entry, reader))
  const left = items.length - MOST
  const none: Item = { text: `No comment, no outcome, and no pulse given in chat since ${dayIn(timeZone, since)}.` }
  return [
    {
      kind: 'list',
      heading: 'What was said',
      items: items.length === 0 ? [none] : items.slice(0, MOST),
    },
    ...(left > 0 ? [{ kind: 'text' as const, quiet: true, text: `And ${left} more, in the timeline.` }] : []),
  ]
}

/** A comment that the reader may not see is not even counted. */
function isWorthALine(entry: TimelineEntry): boolean {
  return entry.kind !== 'comment' || entry.text !== undefined
}
