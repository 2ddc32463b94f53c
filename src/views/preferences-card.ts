import { SCORE_FORMATS, type ScoreFormat } from '../domain/score-format.ts'
import type { Card, Item } from './card.ts'

const WORDS: Readonly<Record<ScoreFormat, string>> = {
  words: 'the number and its word: 72 · Healthy',
  grade: 'with a letter grade, A from 90, B from 80, C from 70, D from 60, else F: 72 · Healthy · C',
  rank: 'with the rank in the portfolio, the best first: 72 · Healthy · 12th of 60',
}

/** How somebody sees scores, and what else there is. */
export function preferencesCard(chosen: ScoreFormat): Card {
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
    ],
  }
}
