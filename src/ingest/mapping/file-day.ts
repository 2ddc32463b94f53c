import { DAY, type Instant, startOfDay } from '../../domain/time/instant.ts'

/**
 * The day that a file speaks of as a whole: the one that its name bears, else the one on which it was written; never a
 * day to come. Midnight UTC, so that the same file is the same day whenever it is loaded.
 */
export function fileDay(name: string, modifiedAt: Instant | undefined, now: Instant): Instant {
  const match = /(?<!\d)(20\d{2})[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(
    name.replace(/^.*[\\/]/, ''),
  )
  const named = match === null ? undefined : startOfDay(`${match[1]}-${match[2]}-${match[3]}`)
  if (named !== undefined && named <= now) return named
  const at = Math.min(modifiedAt ?? now, now)
  return Math.floor(at / DAY) * DAY
}
