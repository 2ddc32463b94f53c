import type { Brief } from '../../domain/briefs/brief.ts'
import type { Model } from '../../domain/model/model.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { ChartPart, Item } from '../card.ts'
import { bandLines } from '../scoring/band-lines.ts'
import { sparkline } from '../scoring/sparkline.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'
import { transitionText } from '../scoring/transition-text.ts'
import type { BriefReader, Section } from './section.ts'

/** What the score did: its course with the bands and events, and each change of the verdict. */
export const courseParts: Section = (model, brief, reader) => {
  const items = brief.transitions.map(change => transitionItem(model, change, reader))
  return [
    ...chart(model, brief, reader),
    {
      kind: 'list',
      heading: 'Changes of band',
      items: items.length > 0 ? items : [{ text: `None was announced since ${dayIn(reader.timeZone, brief.since)}.` }],
    },
  ]
}

function transitionItem(model: Model, change: Brief['transitions'][number], { timeZone }: BriefReader): Item {
  const { at, to } = change
  return { lead: dayIn(timeZone, at), tone: toneOf(model, to), text: transitionText(model, change) }
}

function chart(model: Model, { course, transitions, health }: Brief, { timeZone }: BriefReader): ChartPart[] {
  const points = course.flatMap(({ at, shown }) =>
    shown === undefined ? [] : [{ at, label: dayIn(timeZone, at).slice(5), value: shown }],
  )
  const [last] = points.slice(-1)
  if (last === undefined || points.length < 2) return []
  const marks = transitions.map(({ at, to }) => ({
    label: (points.find(point => at <= point.at) ?? last).label,
    text: `${dayIn(timeZone, at)} ${verdictWords(model, to)}`,
    tone: toneOf(model, to),
  }))
  const shown = points.map(({ value }) => value)
  return [
    {
      kind: 'chart',
      title: 'What the score did',
      points: points.map(({ label, value }) => ({ label, value })),
      lines: bandLines(model, health.now),
      marks,
      text: `${sparkline(shown)}  From ${points[0]?.label} to ${last.label}: ${shown.join(' → ')}.`,
    },
  ]
}
