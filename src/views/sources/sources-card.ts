import { counted } from '../../domain/counted.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Model } from '../../domain/model/model.ts'
import { averageLag, type SourceDay, type SourceReport } from '../../domain/sources/source-report.ts'
import { DAY, type Duration, HOUR } from '../../domain/time/instant.ts'
import type { Card, Item, Part } from '../card.ts'
import { metricLabel } from '../scoring/evidence.ts'
import { silenceWords } from './silence-words.ts'
import { HELD_BACK } from './silent-source-card.ts'

const MOST_NAMED = 20

/** What comes in, from where and how late, and what does not. */
export function sourcesCard(model: Model, { days, silent, unsent, unread, faults, waiting }: SourceReport): Card {
  const bySource = [...groupedBy(days, ({ source }) => source)]
  const summary = summaryOf(bySource.length, silent.length)
  return {
    title: 'Sources',
    summary,
    parts: [
      { kind: 'text', text: summary },
      ...list(
        'Silent',
        silent.map(silence => ({
          tone: 'warn',
          text: `${silenceWords(silence, metricLabel(model, silence.metric))}.`,
        })),
      ),
      ...(silent.length === 0 ? [] : [{ kind: 'text', quiet: true, text: HELD_BACK } as const]),
      ...list(
        'Could not be pulled',
        faults.map(({ source, name, fault }) => ({ tone: 'warn', lead: `${name} from ${source}`, text: fault })),
      ),
      ...list(
        'The last 7 days',
        bySource.map(([source, days]) => sourceItem(source, days)),
      ),
      ...list(
        'Waiting for their account, 7 days at most',
        waiting.slice(0, MOST_NAMED).map(({ source, name, events }) => ({
          lead: source,
          text: `${name}: ${counted(events, 'event')}`,
        })),
      ),
      ...named('The model reads these, and nobody sends them', unsent),
      ...named('These are sent, and nothing reads them', unread),
    ],
  }
}

/** The same as lines of a terminal, a source each. */
export function sourceLines(days: readonly SourceDay[]): string[] {
  return [...groupedBy(days, ({ source }) => source)].map(([source, days]) => {
    const { lead, text, note } = sourceItem(source, days)
    return `${lead}, the last 7 days: ${text}. ${note}`
  })
}

function summaryOf(sources: number, silent: number): string {
  if (sources + silent === 0) return 'Nothing came in during the last 7 days.'
  const sent = `${counted(sources, 'source')} sent data in the last 7 days`
  return silent === 0 ? `${sent}.` : `${sent}; ${counted(silent, 'metric')} went silent.`
}

function sourceItem(source: string, days: readonly SourceDay[]): Item {
  const total = (of: (day: SourceDay) => number) => days.reduce((sum, day) => sum + of(day), 0)
  const rejected = total(day => day.rejected)
  const lag = averageLag(days)
  const facts = [
    `${total(day => day.received).toLocaleString('en-US')} received`,
    `${rejected.toLocaleString('en-US')} rejected`,
    ...(lag === undefined ? [] : [`${durationText(lag)} after it happened`]),
  ]
  return {
    ...(rejected > 0 && { tone: 'warn' as const }),
    lead: source === '' ? '(no name)' : source,
    text: facts.join(' · '),
    note: days
      .map(({ day, received, rejected }) => `${day}: ${received}${rejected > 0 ? ` (-${rejected})` : ''}`)
      .join(', '),
  }
}

function durationText(span: Duration): string {
  if (span < HOUR) return 'less than an hour'
  return span < 2 * DAY ? counted(Math.round(span / HOUR), 'hour') : counted(Math.round(span / DAY), 'day')
}

function named(heading: string, metrics: readonly string[]): Part[] {
  const more = metrics.length > MOST_NAMED ? ` and ${metrics.length - MOST_NAMED} more` : ''
  return list(heading, metrics.length === 0 ? [] : [{ text: metrics.slice(0, MOST_NAMED).join(', ') + more }])
}

function list(heading: string, items: readonly Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading, items }]
}
