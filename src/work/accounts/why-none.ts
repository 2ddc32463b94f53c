import { quoted, shortText } from '../../domain/quoted.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { nearestOf } from '../../nearest.ts'
import { isSame, listSegments } from '../../store/portfolio/filter.ts'
import type { Db } from '../../store/tables.ts'

const NONE = 'No accounts match.'

/** Why no account matches: the segment may be one that no account is in. */
export async function whyNone(db: Db, segment: string | undefined, now: Instant): Promise<string> {
  if (segment === undefined) return NONE
  const segments = await listSegments(db, now)
  if (segments.some(known => isSame(known, segment))) return NONE
  const nearest = nearestOf(segment, segments)
  const guess = nearest === undefined ? '' : ` Did you mean ${shortText(nearest)}?`
  return `No account is in the segment ${quoted(segment)}.${guess}`
}
