import { haveVerdicts, movesBetween, shownChange } from '../domain/scoring/health.ts'
import type { Assessment } from '../domain/scoring/score.ts'
import { isoTime } from '../domain/time/iso-time.ts'

/** What moved between two instants; `moves` add up to the difference, and are null where either lacks the data. */
export function movesDocument(before: Assessment, now: Assessment) {
  const moves = haveVerdicts(before, now) ? movesBetween(before, now) : undefined
  return {
    since: isoTime(before.at),
    as_of: isoTime(now.at),
    score_then: before.score?.value ?? null,
    score_now: now.score?.value ?? null,
    shown_then: before.score?.shown ?? null,
    shown_now: now.score?.shown ?? null,
    shown_change: shownChange(before, now) ?? null,
    moves: moves?.map(({ id, points }) => ({ id, points })) ?? null,
    readings: [...now.readings()].flatMap(([measure, { value }]) => {
      const earlier = before.readings().get(measure)?.value
      return earlier === value ? [] : [{ measure, before: earlier ?? null, now: value ?? null }]
    }),
  }
}
