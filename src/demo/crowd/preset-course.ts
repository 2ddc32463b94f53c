import type { MetricInput, Model, ScaledMeasure } from '../../domain/model/model.ts'
import type { Scale } from '../../domain/scoring/readings/scale.ts'
import { DAY } from '../../domain/time/instant.ts'
import { type Course, DEMO_DAYS, every, happened, type Track } from '../course.ts'

/** Metrics that make every component of a model read about so well (0 to 1), whatever it measures. */
export function presetCourse(model: Model, quality: number): Course {
  const measures = model.components.flatMap(component => [...component.measures])
  const course: Record<string, Track> = {}
  for (const measure of [...measures].sort(levelsFirst)) {
    const { input } = measure
    if (input.from === 'attribute' || course[input.metric] !== undefined) continue
    course[input.metric] = trackOf(input, readingFor(measure.scale, 100 * quality))
  }
  for (const { input } of measures) {
    if (input.from === 'metric' && input.per !== undefined) course[input.per.metric] ??= every(7, () => DIVISOR)
  }
  return course
}

/** What others are divided by, where no measure of its own says how large it is. */
const DIVISOR = 50

/** A level says where a metric stands; a change of the same metric follows from it. */
function levelsFirst(a: ScaledMeasure, b: ScaledMeasure): number {
  const rank = ({ input }: ScaledMeasure) => (input.from === 'metric' && input.take === 'change' ? 1 : 0)
  return rank(a) - rank(b)
}

function trackOf({ take, over, per }: MetricInput, reading: number): Track {
  const target = per === undefined ? reading : reading * DIVISOR
  const days = (over ?? 30 * DAY) / DAY
  switch (take) {
    case 'latest':
    case 'mean':
    case 'min':
    case 'max':
      return every(Math.max(1, Math.min(7, Math.floor(days / 3))), () => target, 2)
    case 'sum':
      return target >= days ? every(1, () => target / days, 2) : spread(days, target)
    case 'count':
      return spread(days, target)
    case 'days_since':
      return spread(Math.max(2 * target, 7), 1, target)
    case 'change':
      return every(1, daysAgo => START * (1 + target / 100) ** ((DEMO_DAYS - daysAgo) / days), 2)
  }
}

const START = 100

/** So many events in so many days; none at all is a row of zeros. */
function spread(days: number, events: number, last = days / Math.max(events, 1) / 2): Track {
  if (events < 0.5) return every(7, () => 0)
  const apart = days / Math.round(events)
  const count = Math.max(1, Math.ceil((DEMO_DAYS - last) / apart))
  return happened(Array.from({ length: count }, (_, index) => last + index * apart))
}

/** A reading that scores closest to the target. */
function readingFor({ form, points }: Scale, target: number): number {
  const candidates = points.flatMap(([at, score], index) => {
    const [next, nextScore] = points[index + 1] ?? [at, score]
    const between = form === 'linear' && (score - target) * (nextScore - target) < 0
    const crossing = at + ((next - at) * (target - score)) / (nextScore - score)
    return [{ at, away: Math.abs(score - target) }, ...(between ? [{ at: crossing, away: 0 }] : [])]
  })
  return candidates.reduce((best, candidate) => (candidate.away < best.away ? candidate : best)).at
}
