import { DAY } from '../../../domain/time/instant.ts'
import type { Names } from '../../../store/engine/signals/names.ts'
import { fill, placeIn, type SignalBatch } from '../../../store/engine/signals/signal-batch.ts'
import { type ByteNames, byteNames } from '../../cells/byte-names.ts'
import { afterLine, endOfCell, ORDINARY_IN_JSON } from '../../cells/ordinary-bytes.ts'
import { plainDay, plainId, plainNumber, plainTime } from '../../cells/plain-cells.ts'
import { LONGEST_WORD } from '../../cells/values.ts'
import { DOOR } from './sent-signal.ts'

/**
 * Puts signals into a batch straight from the bytes of their lines, as long as they are plain: an object as programs
 * write it, of accounts that were added, with texts that say what they hold, a number without an exponent, a time. All
 * others are for the parser, which says the same of plain ones.
 */
export type PlainLines = {
  /** Takes up to that many. Returns where the next one begins, and how many were taken. */
  take(bytes: Uint8Array, from: number, most: number): { readonly next: number; readonly rows: number }
  /** The ids of accounts in these bytes that were not added yet. */
  unknownAccounts(bytes: Uint8Array): readonly string[]
}

const LF = 0x0a
const [OPEN, CLOSE, QUOTE, COLON, COMMA, BLANK, MINUS, ZERO] = [0x7b, 0x7d, 0x22, 0x3a, 0x2c, 0x20, 0x2d, 0x30]

const FIELDS = ['account_id', 'metric', 'value', 'observed_at', 'source', 'id'] as const

const ACCOUNT_FIELD = Buffer.from('"account_id":')

const IN_NUMBERS = new Uint8Array(256).map((_, byte) => ('-.0123456789'.includes(String.fromCharCode(byte)) ? 1 : 0))

export function plainLines(batch: SignalBatch, now: number, accounts: ByteNames): PlainLines {
  const [metrics, sources, fields] = [names(), names(), names()]
  for (const [at, field] of FIELDS.entries()) fields.add(field, at)
  const unnamed = batch.sources.placeOf(DOOR)

  /** Where the next row begins; -1 where this one is not plain. */
  function read(bytes: Uint8Array, line: number): number {
    if (bytes[line] !== OPEN) return -1
    let account = -1
    let metric = -1
    let source = unnamed
    let value = Number.NaN
    let day = Number.NaN
    let time = Number.NaN
    let id: string | undefined = ''
    let found = 0
    let end = line
    do {
      const name = afterBlank(bytes, end + 1) + 1
      const field = fields.read(bytes, name)
      const isThere = bytes[name - 1] === QUOTE && bytes[fields.end] === QUOTE && bytes[fields.end + 1] === COLON
      if (field === -1 || !isThere || (found & (1 << field)) !== 0) return -1
      found |= 1 << field
      let start = afterBlank(bytes, fields.end + 2)
      if (FIELDS[field] === 'value') {
        end = endOfCell(IN_NUMBERS, bytes, start)
        value = numberIn(bytes, start, end)
        continue
      }
      if (bytes[start] !== QUOTE) return -1
      start += 1
      switch (FIELDS[field]) {
        case 'account_id':
          account = accounts.read(bytes, start)
          end = accounts.end
          break
        case 'metric':
          metric = placeOf(batch.metrics, metrics, bytes, start)
          end = metrics.end
          break
        case 'observed_at':
          day = plainDay(bytes, start)
          if (Number.isNaN(day)) return -1
          end = endOfCell(ORDINARY_IN_JSON, bytes, start + 10)
          time = plainTime(bytes, start + 10, end)
          break
        case 'source':
          if (bytes[start] !== QUOTE) source = placeOf(batch.sources, sources, bytes, start)
          end = bytes[start] === QUOTE ? start : sources.end
          break
        case 'id':
          end = endOfCell(ORDINARY_IN_JSON, bytes, start)
          id = plainId(bytes, start, end)
      }
      if (bytes[end] !== QUOTE) return -1
      end += 1
    } while (bytes[end] === COMMA)
    const next = bytes[end] === CLOSE ? afterLine(bytes, end + 1) : -1
    if (next === -1 || account === -1 || metric === -1 || source === -1 || id === undefined) return -1
    if (Number.isNaN(value + time)) return -1
    const observedAt = day * DAY + time
    fill(batch, placeIn(batch), { account, metric, source, observedAt, value, delay: now - observedAt, id })
    return next
  }

  return {
    take(bytes, from, most) {
      let next = from
      let rows = 0
      for (; rows < most; rows += 1) {
        const end = read(bytes, next)
        if (end === -1) break
        next = end
      }
      return { next, rows }
    },
    unknownAccounts(bytes) {
      const [unknown, met]: [string[], ByteNames] = [[], names()]
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      // In most lines it stands where it stood in the one before.
      let offset = 0
      for (let line = 0, at = 0; line < text.length; line = text.indexOf(LF, at) + 1 || text.length) {
        at = line + offset
        if (!isAt(text, at, ACCOUNT_FIELD)) {
          at = text.indexOf(ACCOUNT_FIELD, line)
          if (at === -1) break
          offset = at - text.lastIndexOf(LF, at) - 1
        }
        const start = afterBlank(bytes, at + ACCOUNT_FIELD.length) + 1
        const isKnown = accounts.read(bytes, start) !== -1 || met.read(bytes, start) !== -1
        if (isKnown || bytes[accounts.end] !== QUOTE) continue
        const id = textIn(bytes, start, accounts.end)
        met.add(id, unknown.push(id))
      }
      return unknown
    },
  }
}

function names(): ByteNames {
  return byteNames(ORDINARY_IN_JSON)
}

function isAt(bytes: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (bytes[start + at] !== text[at]) return false
  return true
}

/** Programs write one blank or none. */
function afterBlank(bytes: Uint8Array, at: number): number {
  return bytes[at] === BLANK ? at + 1 : at
}

/** NaN for what is not a number in JSON, too. */
function numberIn(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start
  const isPadded = bytes[first] === ZERO && IN_DIGITS[bytes[first + 1] ?? 0] === 1
  return isPadded ? Number.NaN : plainNumber(bytes, start, end, true)
}

const IN_DIGITS = new Uint8Array(256).map((_, byte) => (byte >= ZERO && byte <= ZERO + 9 ? 1 : 0))

/** The place of the name that begins here, which is a good one where nothing needs to be left out of it; else -1. */
function placeOf(all: Names, known: ByteNames, bytes: Uint8Array, start: number): number {
  const place = known.read(bytes, start)
  const { end } = known
  if (place !== -1 || bytes[end] !== QUOTE || start === end || end - start > LONGEST_WORD) return place
  if (bytes[start] === BLANK || bytes[end - 1] === BLANK) return -1
  const name = textIn(bytes, start, end)
  known.add(name, all.placeOf(name))
  return all.placeOf(name)
}

function textIn({ buffer, byteOffset }: Uint8Array, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + start, end - start).toString('latin1')
}
