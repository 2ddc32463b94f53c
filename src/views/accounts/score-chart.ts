import type { Model } from '../../domain/model/model.ts'
import { type Day, dayOf, laterDay } from '../../domain/time/instant.ts'
import type { ChartPart, Tone } from '../card.ts'
import { bandLines } from '../scoring/band-lines.ts'
import { sparkline } from '../scoring/sparkline.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'
import type { AccountSummary } from './account-summary.ts'

/** The score week by week, with the lines of the bands and the events in between. */
export function scoreChart(model: Model, summary: AccountSummary): ChartPart[] {
  const { health, weeks } = summary
  const [first] = weeks
  if (first === undefined || weeks.length < 2) return []
  const marks = marksOf(model, summary)
    .filter(({ day }) => day > laterDay(first.day, -7))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
  const said = marks.map(({ day, text }) => `${labelOf(day)} ${text}`)
  const shown = weeks.map(week => week.shown)
  return [
    {
      kind: 'chart',
      title: 'Score, week by week',
      points: weeks.map(week => ({ label: labelOf(week.day), value: week.shown })),
      lines: bandLines(model, health.now),
      marks: marks.map(({ day, text, tone }) => ({ label: labelOf(weekOf(day, summary)), text, tone })),
      text: [
        `${sparkline(shown)}  Week by week: ${shown.join(' → ')}.`,
        ...(said.length === 0 ? [] : [`Meanwhile: ${said.join('; ')}.`]),
      ].join('\n'),
    },
  ]
}

type Mark = { readonly day: Day; readonly text: string; readonly tone: Tone }

function marksOf(model: Model, { transitions = [], outcomes = [], lastPulse }: AccountSummary): Mark[] {
  const pulse = lastPulse && { day: dayOf(lastPulse.at), text: `pulse ${lastPulse.rating} of 5` }
  return [
    ...transitions.map(({ at, to }) => ({ day: dayOf(at), text: verdictWords(model, to), tone: toneOf(model, to) })),
    ...(pulse === undefined ? [] : [{ ...pulse, tone: 'neutral' as const }]),
    ...outcomes.map(({ on, kind }) => ({ day: on, text: kind, tone: 'neutral' as const })),
  ]
}

/** The point by which it had happened; after the last one the last. */
function weekOf(day: Day, { weeks }: AccountSummary): Day {
  return weeks.find(week => day <= week.day)?.day ?? weeks.at(-1)?.day ?? day
}

function labelOf(day: Day): string {
  return day.slice(5)
}
