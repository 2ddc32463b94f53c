import { type Duration, type Instant, startOfDay } from '../domain/instant.ts'
import { parseInstant } from '../domain/time-text.ts'
import { BotError } from '../errors.ts'
import { parseDuration } from '../model/fields.ts'

/** `acme`, `acme --as-of 2026-08-01`, `acme since 30d`, `acme since 2026-10-01`. */
export type AccountWords = { readonly name: string; readonly asOf?: Instant; readonly since?: Instant }

export function parseAccountWords(text: string, now: Instant): AccountWords {
  const asOf = /^(.*?)\s*(?:--|—)?\bas[- ]of[\s=]+(\S+)$/su.exec(text)
  if (asOf !== null) return { name: (asOf[1] ?? '').trim(), asOf: pastInstant(asOf[2] ?? '', now) }
  const since = /^(.+?)\s+(?:--|—)?since[\s=]+(\S+)$/su.exec(text)
  if (since !== null) return { name: (since[1] ?? '').trim(), since: sinceInstant(since[2] ?? '', now) }
  return { name: text }
}

function sinceInstant(text: string, now: Instant): Instant {
  const span: Duration | undefined = parseDuration(text)
  return span === undefined ? pastInstant(text, now) : now - span
}

function pastInstant(text: string, now: Instant): Instant {
  const instant = startOfDay(text) === undefined ? undefined : parseInstant(text)
  if (instant === undefined) {
    throw new BotError('bad_date', `"${text}" is no day that I know.`, 'Write it as 2026-08-01, or 30d after "since".')
  }
  if (instant > now) throw new BotError('future', `${text} lies in the future: nothing is known of it yet.`)
  return instant
}
