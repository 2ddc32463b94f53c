import * as z from 'zod'
import { numberIn } from '../../domain/number.ts'
import type { Scale } from '../../domain/scoring/readings/scale.ts'
import { refuse } from './finding.ts'

/** `{0: 0, 50: 60, 100: 100}`: readings with their scores; flat and non-monotone ones are valid. */
export function scaleSchema(key: 'scale' | 'steps') {
  const example = `Write readings with their scores, such as ${key}: {0: 0, 50: 60, 100: 100}.`
  return z.unknown().transform((value, context): Scale => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      refuse(context, 'This is not a valid scale.', example)
      return z.NEVER
    }
    const points = Object.entries(value).map(([reading, score]) => [numberOf(reading), score] as const)
    const odd = Object.keys(value).find(reading => Number.isNaN(numberOf(reading)))
    const outside = points.find(([, score]) => !(typeof score === 'number' && score >= 0 && score <= 100))
    if (odd !== undefined) refuse(context, `The key "${odd}" is not a number.`, example)
    else if (outside) refuse(context, `A scale gives 0 to 100, not ${String(outside[1])}.`, example)
    else if (points.length < 2) refuse(context, 'A scale needs at least two points.', example)
    else if (new Set(points.map(([reading]) => reading)).size < points.length) {
      refuse(context, 'Two keys are the same number.', 'Remove one of them.')
    } else if (!Number.isFinite(100 * spanOf(points.map(([reading]) => reading)))) {
      refuse(context, 'The keys lie too far apart to calculate with.', 'Write readings that can occur.')
    }
    const form = key === 'scale' ? 'linear' : 'steps'
    return { form, points: points.map(([at, score]) => [at, Number(score)] as const).sort(([a], [b]) => a - b) }
  })
}

function numberOf(key: string): number {
  return numberIn(key) ?? Number.NaN
}

function spanOf(keys: readonly number[]): number {
  return Math.max(...keys) - Math.min(...keys)
}
