import { isAtLeast } from '../number.ts'

/** How a reading becomes 0-100: by points in ascending order of their readings. */
export type Scale = {
  /** `linear` between its points and clamped outside; `steps` takes the greatest key at or below the reading. */
  readonly form: 'linear' | 'steps'
  readonly points: readonly (readonly [reading: number, score: number])[]
}

export function scoreOn(scale: Scale, reading: number): number {
  const { points, form } = scale
  const below = points.findLast(([at]) => (form === 'steps' ? isAtLeast(reading, at) : at <= reading))
  if (below === undefined) return points[0]?.[1] ?? 0
  if (form === 'steps') return below[1]
  const above = points.find(([at]) => at > reading)
  if (above === undefined) return below[1]
  return below[1] + ((above[1] - below[1]) * (reading - below[0])) / (above[0] - below[0])
}
