import { isAtLeast } from '../../number.ts'

/** How a reading becomes 0-100: by points in ascending order of their readings. */
export type Scale = {
  /** `linear` between its points and clamped outside; `steps` takes the greatest key at or below the reading. */
  readonly form: 'linear' | 'steps'
  readonly points: readonly (readonly [reading: number, score: number])[]
}

export function scoreOn({ points, form }: Scale, reading: number): number {
  let below: Scale['points'][number] | undefined
  for (const point of points) {
    const isReached = form === 'steps' ? isAtLeast(reading, point[0]) : point[0] <= reading
    if (!isReached) return between(below, point, form, reading)
    below = point
  }
  return below?.[1] ?? 0
}

function between(
  below: Scale['points'][number] | undefined,
  above: Scale['points'][number],
  form: Scale['form'],
  reading: number,
): number {
  if (below === undefined) return above[1]
  if (form === 'steps') return below[1]
  return below[1] + ((above[1] - below[1]) * (reading - below[0])) / (above[0] - below[0])
}
