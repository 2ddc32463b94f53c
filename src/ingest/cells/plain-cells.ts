import type { Duration } from '../../domain/time/instant.ts'
import { LONGEST_WORD } from './values.ts'

const [ZERO, NINE, DOT, MINUS, PLUS, COLON, BLANK, LETTER_T, LETTER_Z] = [48, 57, 46, 45, 43, 58, 32, 84, 90]

/** Up to this many characters, digits and a dot are exact, and so is the integer divided by a power of ten. */
const LONGEST_NUMBER = 15

/**
 * A number such as -12.5; NaN for any other text, also for one that may mean two things, as 1.234 does, unless
 * `isDotSure`.
 */
export function plainNumber(bytes: Uint8Array, start: number, end: number, isDotSure: boolean): number {
  const first = bytes[start] === MINUS ? start + 1 : start
  let [digits, dot] = [0, -1]
  for (let at = first; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte >= ZERO && byte <= NINE) digits = digits * 10 + byte - ZERO
    else if (byte === DOT && dot === -1) dot = at
    else return Number.NaN
  }
  if (first === end || end - first > LONGEST_NUMBER || dot === first || dot === end - 1) return Number.NaN
  if (dot !== -1) {
    if (dot === end - 4 && dot - first <= 3 && bytes[first] !== ZERO && !isDotSure) return Number.NaN
    digits /= 10 ** (end - 1 - dot)
  }
  return first === start ? digits : -digits
}

/** The number of a day such as 2025-12-31 since 1970-01-01; NaN for any other text. */
export function plainDay(bytes: Uint8Array, start: number): number {
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2)
  const [month, day] = [twoDigits(bytes, start + 5), twoDigits(bytes, start + 8)]
  const isDate = bytes[start + 4] === MINUS && bytes[start + 7] === MINUS && year >= 1_000
  if (!isDate || !(month >= 1 && month <= 12 && day >= 1)) return Number.NaN
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > (DAYS_IN_MONTH[month] ?? 0) || (month === 2 && day === 29 && !isLeap)) return Number.NaN
  // March is the first month here, so that a leap day is the last one of its year.
  const years = month > 2 ? year : year - 1
  const months = month > 2 ? month - 3 : month + 9
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return years * 365 + leaps + Math.floor((months * 153 + 2) / 5) + day - 1 - DAYS_BEFORE_1970
}

const DAYS_IN_MONTH = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** From March 1 of the year 0. */
const DAYS_BEFORE_1970 = 719_468

/** What follows the day, such as T09:30:00Z, T09:30:00.250Z or nothing, in milliseconds; NaN for any other text. */
export function plainTime(bytes: Uint8Array, start: number, end: number): Duration {
  if (start === end) return 0
  const isTime = bytes[start] === LETTER_T || bytes[start] === BLANK
  if (!isTime || bytes[start + 3] !== COLON || bytes[start + 6] !== COLON) return Number.NaN
  const [hour, minute] = [twoDigits(bytes, start + 1), twoDigits(bytes, start + 4)]
  const second = twoDigits(bytes, start + 7)
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  const seconds = (hour * 60 + minute) * 60 + second
  const last = bytes[end - 1] === LETTER_Z ? end - 1 : end
  if (last === start + 9) return seconds * 1_000
  if (last !== start + 13 || bytes[start + 9] !== DOT) return Number.NaN
  return seconds * 1_000 + digit(bytes, start + 10) * 100 + twoDigits(bytes, start + 11)
}

/** An id of ordinary bytes, or none; undefined if it must be read as text: blanks around it, or a spreadsheet's apostrophe. */
export function plainId(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (start === end) return ''
  if (end - start > LONGEST_WORD || bytes[start] === BLANK || bytes[end - 1] === BLANK) return undefined
  let id = ''
  for (let at = start; at < end; at += 1) {
    if (bytes[at] === PLUS) return undefined
    id += String.fromCharCode(bytes[at] ?? 0)
  }
  return id
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return digit(bytes, at) * 10 + digit(bytes, at + 1)
}

function digit(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0
  return byte >= ZERO && byte <= NINE ? byte - ZERO : Number.NaN
}
