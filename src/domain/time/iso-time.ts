import type { Instant } from './instant.ts'

/** `2026-11-29T09:00:00.000Z`: how programs read an instant. */
export function isoTime(at: Instant): string {
  return new Date(at).toISOString()
}

/** The same; null where there is none. */
export function isoOrNull(at: Instant | null | undefined): string | null {
  return at === undefined || at === null ? null : isoTime(at)
}
