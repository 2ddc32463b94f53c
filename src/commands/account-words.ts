import { type Duration, type Instant, startOfDay } from '../domain/instant.ts'
import { quoted } from '../domain/quoted.ts'
import { parseInstant } from '../domain/time-text.ts'
import { BotError } from '../errors.ts'
import { parseDuration } from '../model/fields.ts'

/** `acme`, `acme --as-of 2026-08-01`, `acme since 30d`, `acme since 2026-10-01`; `rest` is what follows the day. */
export type AccountWords = {
  readonly name: string
  readonly asOf?: Instant
  readonly since?: Instant
  readonly rest?: string
}

export function parseAccountWords(text: string, now: Instant): AccountWords {
  const asOf = /^(.*?)\s*(?:--|—)?\bas[- ]of[\s=]+(\S+)\s*(.*)$/su.exec(text)
  if (asOf !== null) return { ...partsOf(asOf), asOf: pastInstant(asOf[2] ?? '', now) }
  const since =
    /^(.+?)\s+(?:--|—)?since[\s=]+(\S+)$/su.exec(text) ?? /^(.+?)\s+(?:--|—)?since[\s=]+(\d\S*)\s+(.+)$/su.exec(text)
  if (since !== null) return { ...partsOf(since), since: sinceInstant(since[2] ?? '', now) }
  return { name: text }
}

function partsOf([, name = '', , rest = '']: RegExpExecArray) {
  return { name: name.trim(), rest: rest.trim() }
}

function sinceInstant(text: string, now: Instant): Instant {
  const span: Duration | undefined = parseDuration(text)
  return span === undefined ? pastInstant(text, now) : now - span
}

function pastInstant(text: string, now: Instant): Instant {
  const instant = startOfDay(text) === undefined ? undefined : parseInstant(text)
  if (instant === undefined) {
    throw new BotError(
      'bad_date',
      `${quoted(text)} is not a valid day.`,
      'Write it as 2026-08-01, or 30d after "since".',
    )
  }
  if (instant > now) throw new BotError('future', `${text} lies in the future: nothing is known of it yet.`)
  return instant
}
