import { counted } from '../../domain/counted.ts'
import { quoted } from '../../domain/quoted.ts'
import { scheduleText } from './schedule-text.ts'

type Known = { readonly customers: number; readonly bySegment: ReadonlyMap<string, number> }

/** What a digest will do: "weekly: Mondays to Fridays at 08:30 Europe/Berlin, to this channel, about 12 accounts." */
export function digestText(
  digest: { readonly name: string; readonly schedule: string; readonly time_zone: string },
  place: string,
  about?: string,
): string {
  const watched = about === undefined ? '' : `, about ${about}`
  return `${digest.name}: ${scheduleText(digest.schedule, digest.time_zone)}, to ${place}${watched}.`
}

export function watchedText(segments: readonly string[], { customers, bySegment }: Known): string {
  if (segments.length === 0) return counted(customers, 'account')
  return `${counted(watched(segments, bySegment), 'account')} in ${segments.join(', ')}`
}

/** Why a digest of these segments would always be empty, with the segments that exist; undefined if it would not. */
export function watchesNobody(segments: readonly string[], { customers, bySegment }: Known): string | undefined {
  if (customers === 0 || segments.length === 0 || watched(segments, bySegment) > 0) return undefined
  const names = [...bySegment.keys()].slice(0, MOST_NAMED).map(quoted)
  const there = names.length === 0 ? 'No account has a segment yet.' : `There are ${names.join(', ')}.`
  return `No account is in ${segments.map(quoted).join(', ')}. ${there}`
}

const MOST_NAMED = 10

function watched(segments: readonly string[], bySegment: ReadonlyMap<string, number>): number {
  return segments.reduce((sum, name) => sum + (bySegment.get(name) ?? 0), 0)
}
