import type { Model } from '../../domain/model/model.ts'
import type { Assessment } from '../../domain/scoring/score.ts'
import { bareVerdict, type Verdict } from '../../domain/scoring/settle.ts'
import type { Signal } from '../../domain/sources/signal.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Card, Item } from '../card.ts'
import { pointsText } from '../parts/amounts.ts'
import { evidence, metricLabel, numberText, timeText } from '../scoring/evidence.ts'
import { roundedMeasures } from '../scoring/rounded-points.ts'
import { statusBadge, verdictWords } from '../scoring/status-text.ts'

/** An account as of a past day, on both clocks. */
export type Journey = {
  readonly account: { readonly id: string; readonly name: string }
  readonly at: Instant
  readonly timeZone: string
  /** What people saw at that instant; absent before the first scoring. */
  readonly announced?: Verdict
  /** What today's data says about that instant. */
  readonly knownToday: Assessment
  /** What the data that had arrived by then said. */
  readonly knownThen: Assessment
  /** What was observed by then but arrived later; newest first. */
  readonly late: readonly Signal[]
}

const MOST_LATE = 10

export function travelCard(
  model: Model,
  { account, at, timeZone, announced, knownToday, knownThen, late }: Journey,
): Card {
  const words = (assessment: Assessment) => {
    const verdict = verdictWords(model, bareVerdict(assessment))
    return assessment.score === undefined ? verdict : `${assessment.score.shown} · ${verdict}`
  }
  const rounded = roundedMeasures(knownToday)
  const measures = knownToday
    .components()
    .flatMap(({ measures }) => measures.filter(({ lost }) => lost >= 0.5))
    .sort((a, b) => b.lost - a.lost)
    .slice(0, 5)
  const hurts = measures.map(
    ({ measure, reading }): Item => ({
      tone: 'bad',
      text: `${evidence(model, measure, reading)}, ${pointsText(rounded(measure.id).lost)} lost`,
    }),
  )
  const day = timeText(at, timeZone)
  return {
    title: `${account.name} as of ${day}`,
    badge: statusBadge(model, knownToday.score?.shown, bareVerdict(knownToday)),
    summary: `${account.name} as of ${day}: ${words(knownToday)}`,
    parts: [
      {
        kind: 'facts',
        facts: [
          { label: 'What we know today about that day', value: words(knownToday) },
          { label: 'What we knew then', value: words(knownThen) },
          ...(announced === undefined
            ? []
            : [{ label: 'What people saw then', value: verdictWords(model, announced) }]),
        ],
      },
      ...(hurts.length === 0 ? [] : [{ kind: 'list' as const, heading: 'What hurt, as known today', items: hurts }]),
      ...lateParts(model, late),
    ],
    buttons: [{ label: 'Show today', action: 'show', value: account.id }],
  }
}

function lateParts(model: Model, late: readonly Signal[]): Card['parts'] {
  if (late.length === 0) return [{ kind: 'text', quiet: true, text: 'No signal about that time arrived later.' }]
  const items = late.slice(0, MOST_LATE).map(
    ({ metric, value, observedAt, receivedAt, source }): Item => ({
      text: `${metricLabel(model, metric)} ${numberText(value)} of ${timeText(observedAt)}`,
      note: `late: received ${timeText(receivedAt)}${source ? ` from ${source}` : ''}`,
    }),
  )
  const more = late.length - items.length
  return [
    { kind: 'list', heading: `Arrived late (${late.length})`, items },
    ...(more === 0 ? [] : [{ kind: 'text' as const, quiet: true, text: `And ${more} older ones.` }]),
  ]
}
