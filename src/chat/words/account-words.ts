import { quoted, shortText } from '../../domain/quoted.ts'
import { type Day, type Duration, type Instant, laterDay, parseDay } from '../../domain/time/instant.ts'
import { parseInstant } from '../../domain/time/time-text.ts'
import { dayIn, instantAt } from '../../domain/time/zoned-time.ts'
import { BotError } from '../../errors.ts'
import { parseDuration } from '../../model/schema/fields.ts'

/** `acme`, `acme --as-of 2026-08-01`, `acme since 30d`, `acme since 2026-10-01`; `rest` is what follows the day. */
export type AccountWords = {
  readonly name: string
  readonly asOf?: Instant
  readonly since?: Instant
  readonly rest?: string
}

export function parseAccountWords(text: string, now: Instant, timeZone: string): AccountWords {
  const asOf = /^(.*?)\s*(?:--|—)?\bas[- ]of[\s=]+(\S+)\s*(.*)$/su.exec(text)
  if (asOf !== null) return { ...partsOf(asOf), asOf: pastInstant(asOf[2] ?? '', now, timeZone) }
  const since =
    /^(.+?)\s+(?:--|—)?since[\s=]+(\S+)$/su.exec(text) ?? /^(.+?)\s+(?:--|—)?since[\s=]+(\d\S*)\s+(.+)$/su.exec(text)
  if (since !== null) return { ...partsOf(since), since: sinceInstant(since[2] ?? '', now, timeZone) }
  return { name: text }
}

function partsOf([, name = '', , rest = '']: RegExpExecArray) {
  return { name: name.trim(), rest: rest.trim() }
}

/** A past day, or a span before now. */
export function sinceInstant(text: string, now: Instant, timeZone: string): Instant {
  const span: Duration | undefined = parseDuration(text)
  return span === undefined ? pastInstant(text, now, timeZone) : now - span
}

/** A day begins at its midnight in the time zone of the person who writes it. */
export function pastInstant(text: string, now: Instant, timeZone: string): Instant {
  const day = nearDay(text, dayIn(timeZone, now)) ?? parseDay(text)
  const instant = day === undefined ? parseInstant(text) : instantAt(timeZone, { day, time: 0 })
  if (instant === undefined) {
    throw new BotError('bad_date', `${quoted(text)} is not a valid day.`, HINT)
  }
  if (instant > now) throw new BotError('future', `${shortText(text)} is in the future: nothing is known about it yet.`)
  return instant
}

const HINT = 'Write it as 2026-08-01, monday or yesterday, or 30d after "since".'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** A weekday means the last one that has begun. */
function nearDay(text: string, today: Day): Day | undefined {
  const word = text.toLowerCase()
  const weekday = WEEKDAYS.indexOf(word)
  if (weekday >= 0) return laterDay(today, -((new Date(today).getUTCDay() - weekday + 7) % 7))
  return word === 'today' ? today : word === 'yesterday' ? laterDay(today, -1) : undefined
}
