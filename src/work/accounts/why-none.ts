import { quoted, shortText } from '../../domain/quoted.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { nearestOf } from '../../nearest.ts'
import { listSegments } from '../../store/portfolio/filter.ts'
import type { Db } from '../../store/tables.ts'

/** Why no account matches: the segment may be one that no account is in. */
export async function whyNone(db: Db, segment: string | undefined, now: Instant): Promise<string> {
  if (segment === undefined) return 'No accounts match.'
  const segments = await listSegments(db, now)
  if (segments.some(known => known.toLowerCase() === segment.trim().toLowerCase())) return 'No accounts match.'
  const nearest = nearestOf(segment, segments)
  const guess = nearest === undefined ? '' : ` Did you mean ${shortText(nearest)}?`
  return `No account is in the segment ${quoted(segment)}.${guess}`
}
