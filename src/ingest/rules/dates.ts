import { DAY, type Instant } from '../../domain/time/instant.ts'
import { parseInstant } from '../../domain/time/time-text.ts'
import { instantAt } from '../../domain/time/zoned-time.ts'
import type { DateRule } from '../../model/mapping/value.ts'

/** The instant that a text names by a rule; undefined where it does not fit. Times without an offset are of the zone. */
export function instantBy(rule: DateRule, text: string, timeZone = 'UTC'): Instant | undefined {
  switch (rule) {
    case 'iso':
      return isoInstant(text, timeZone)
    case 'day-first':
    case 'month-first':
    case 'month-names':
      return written(rule, text, timeZone)
    case 'unix-seconds':
      return /^[1-4]\d{9}(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * 1_000) : undefined
    case 'unix-milliseconds':
      return /^[1-4]\d{12}(?:\.\d+)?$/.test(text) ? Math.round(Number(text)) : undefined
    case 'excel':
      // Day 25,569 of Excel is 1 January 1970.
      return /^[2-9]\d{4}(?:[.,]\d+)?$/.test(text)
        ? Math.round(((Number(text.replace(',', '.')) - 25_569) * DAY) / 1_000) * 1_000
        : undefined
  }
}

const HAS_OFFSET = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i

function isoInstant(written: string, timeZone: string): Instant | undefined {
  const text = written
    .replace(/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})/, (_, year, month, day) => `${year}-${two(month)}-${two(day)}`)
    .replace(/\s*(?:UTC|GMT)$/i, 'Z')
    .replace(/^(\d{4}-\d{2}-\d{2})[T ](\d{2})(?=Z|$)/i, '$1T$2:00')
    .replace(/^(\d{4}-\d{2}-\d{2})Z$/i, '$1')
  const instant = parseInstant(text)
  if (instant === undefined || timeZone === 'UTC' || text.length === 10 || HAS_OFFSET.test(text.slice(10)))
    return instant
  return inZone(instant, timeZone)
}

/** What a clock of the zone shows, taken for UTC until now. */
function inZone(wall: Instant, timeZone: string): Instant {
  const day = new Date(wall).toISOString().slice(0, 10)
  return instantAt(timeZone, { day, time: wall - Date.parse(day) })
}

const TIME = String.raw`(?:[,T]?\s+(?:(?:at|um|à)\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT)?)?`
const DIGITS = new RegExp(String.raw`^(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{2}|\d{4})${TIME}$`, 'iu')
const DAY_AND_NAME = new RegExp(
  String.raw`^(?:\p{L}+,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th)?[\s-]+(?:de\s+)?(\p{L}+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})${TIME}$`,
  'iu',
)
const NAME_AND_DAY = new RegExp(
  String.raw`^(?:\p{L}+,\s+)?(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}$`,
  'iu',
)

function written(
  rule: 'day-first' | 'month-first' | 'month-names',
  text: string,
  timeZone: string,
): Instant | undefined {
  const match = rule === 'month-names' ? (DAY_AND_NAME.exec(text) ?? NAME_AND_DAY.exec(text)) : DIGITS.exec(text)
  if (match === null) return undefined
  const [, first = '', second = '', year = '', hour = '0', minute = '00', seconds = '00', half, zone] = match
  const isNameFirst = rule === 'month-names' && !/^\d/.test(first)
  const [day, month] = rule === 'month-first' || isNameFirst ? [second, first] : [first, second]
  const number = rule === 'month-names' ? monthNamed(month) : Number(month)
  if (number === undefined || Number(hour) > (half === undefined ? 23 : 12)) return undefined
  const date = `${year.length === 2 ? `20${year}` : year}-${two(String(number))}-${two(day)}`
  const instant = parseInstant(`${date}T${two(String(inDay(Number(hour), half)))}:${minute}:${seconds}Z`)
  if (instant === undefined || match[4] === undefined || zone !== undefined || timeZone === 'UTC') return instant
  return inZone(instant, timeZone)
}

function inDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
}

function two(number: string): string {
  return number.padStart(2, '0')
}

/** By their first letters, in English, German, French, Spanish. */
const MONTHS = [
  'jan|jän|ene',
  'feb|fév|fev',
  'mar|mär|maer|mrz',
  'apr|avr|abr',
  'may|mai|mayo',
  'jun|juin',
  'jul|juil',
  'aug|aoû|aou|ago',
  'sep|set',
  'oct|okt',
  'nov',
  'dec|dez|déc|dic',
].map(names => names.split('|'))

function monthNamed(name: string): number | undefined {
  const lower = name.toLowerCase()
  const at = MONTHS.findIndex(names => names.some(start => lower.startsWith(start)))
  return at === -1 ? undefined : at + 1
}
