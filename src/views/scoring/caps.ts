import type { Assessment } from '../../domain/scoring/score.ts'

type Cap = Assessment['caps'][number]

/** Of the caps that hold, the one that the score cannot rise above. */
export function lowestCap({ caps }: Pick<Assessment, 'caps'>): Cap | undefined {
  return caps.filter(({ holds }) => holds).sort((a, b) => a.atMost - b.atMost)[0]
}
