import { SCORE_FORMATS, type ScoreFormat } from '../../domain/scoring/score-format.ts'
import type { Card, Item, Part } from '../card.ts'

const WORDS: Readonly<Record<ScoreFormat, string>> = {
  words: 'the number and its word: 72 · Healthy',
  grade: 'with a letter grade, A from 90, B from 80, C from 70, D from 60, else F: 72 · Healthy · C',
  rank: 'with the rank in the portfolio, the best first: 72 · Healthy · 12th of 60',
}

export type Preferences = {
  readonly format: ScoreFormat
  /** Where direct messages go, and where they could go. */
  readonly messages?: { readonly chosen: string; readonly places: readonly string[] }
}

/** How somebody sees scores and where they are written to, and what else there is. */
export function preferencesCard({ format: chosen, messages }: Preferences): Card {
  const items = SCORE_FORMATS.map(
    (format): Item => ({
      tone: format === chosen ? 'good' : 'neutral',
      lead: format === chosen ? `${format} (yours)` : format,
      text: WORDS[format],
      note: `/health preferences score ${format}`,
    }),
  )
  const summary = `You see scores as ${WORDS[chosen]}.`
  return {
    title: 'Your preferences',
    summary,
    parts: [
      { kind: 'text', text: summary },
      { kind: 'list', heading: 'Scores', items },
      ...(messages === undefined ? [] : [messagesPart(messages)]),
    ],
  }
}

function messagesPart({ chosen, places }: NonNullable<Preferences['messages']>): Part {
  const items = places.map(
    (place): Item => ({
      tone: place === chosen ? 'good' : 'neutral',
      lead: place === chosen ? `${place} (yours)` : place,
      text: place === 'last' ? 'wherever you last wrote to me' : `always in ${place}`,
      note: `/health preferences messages ${place}`,
    }),
  )
  return { kind: 'list', heading: 'Direct messages', items }
}
