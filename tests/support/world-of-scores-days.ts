import type { ScoringMode } from '../../src/domain/scoring/evaluate.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { type AnnouncedStatus, accountOf, modelOfMeasure, NOW, signal, tell } from './world-of-scores-in-memory.ts'

const LETTERS: Readonly<Record<string, string>> = { at_risk: 'R', attention: 'A', healthy: 'H', unknown: '?' }

/** A model whose score is the newest number of the last day, with bands at 40 and 70. */
export function numberModel(settling: string, more = '') {
  const measure = 'metric: number, take: latest, over: 1d, scale: {0: 0, 100: 100}'
  return modelOfMeasure(measure, `settling: ${settling}\n${more}`)
}

/**
 * What is told on each day when these numbers are scored, one a day: `72 - 69 x 71*` scores 72, does not score on the
 * second day, then 69; on the fourth nothing is known; and 71 is scored between two scheduled scorings. `80-` is known,
 * and not scored.
 */
export function tellDays(model: ReturnType<typeof numberModel>, course: string): AnnouncedStatus[] {
  const days = course.split(' ').map((word, day) => ({ word, daysAgo: -day }))
  const signals = days
    .filter(({ word }) => /\d/.test(word))
    .map(({ word, daysAgo }) => signal('number', daysAgo, Number.parseFloat(word)))
  const scorings = days
    .filter(({ word }) => !word.endsWith('-'))
    .map(({ word, daysAgo }): [number, ScoringMode] => [
      NOW - daysAgo * DAY,
      word.endsWith('*') ? 'between' : 'scheduled',
    ])
  return tell(model, accountOf(signals), scorings)
}

/** The same as letters: H, A, R for the bands and ? for unknown. */
export function verdicts(model: ReturnType<typeof numberModel>, course: string): string {
  return tellDays(model, course)
    .map(({ verdict }) => LETTERS[verdict])
    .join(' ')
}
