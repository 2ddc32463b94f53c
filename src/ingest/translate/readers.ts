import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { DateRule, Value } from '../../model/mapping/value.ts'
import { foldColumn } from '../cells/columns.ts'
import { finiteIn, quoted, type Refusal, refuse } from '../cells/values.ts'
import { amountIn, isNoAmount } from '../rules/amounts.ts'
import { instantBy } from '../rules/dates.ts'
import { emailDomain, hostIn } from '../rules/domains.ts'
import type { Fit } from '../rules/fit.ts'
import { type ColumnIndex, filledCell } from '../rules/record-columns.ts'

/** Of a row that its words leave out. */
export const LEFT_OUT = Symbol('left out')

type Cells = readonly string[]

/** Reads one field of a row; undefined is an empty one. */
export type Reader<T> = (cells: Cells) => T | undefined | Refusal | typeof LEFT_OUT

export type Readers = {
  text(value: Value): Reader<string>
  number(value: Value, field: string): Reader<number>
  instant(value: Value): Reader<Instant>
}

/** What the fields of a mapping are read with, in a file that it fits. */
export function readersFor(
  index: ColumnIndex,
  fit: Pick<Fit, 'dates' | 'decimals'>,
  { fileDay, timeZone }: { fileDay: Instant; timeZone: string | undefined },
): Readers {
  const ruleOf = ({ date, column }: Value): DateRule =>
    date ?? column.map(name => fit.dates.get(foldColumn(name))).find(rule => rule !== undefined) ?? 'iso'
  const read = (value: Value): Reader<string> => {
    const filled = filledCell(value, index)
    const words = value.words && new Map(Object.entries(value.words).map(([word, means]) => [foldWord(word), means]))
    return cells => {
      const text = value.column.length === 0 ? '' : filled(cells)
      if (text === '') return value.value
      if (words === undefined) return text
      const means = words.get(foldWord(text))
      if (means === null) return LEFT_OUT
      if (means !== undefined) return means
      if (value.other_words === 'keep') return text
      if (value.other_words === 'leave_out') return LEFT_OUT
      return refuse(`${nameOf(value)} ${quoted(text)} is not among its words; add it to the mapping`)
    }
  }
  const instant = (value: Value): Reader<Instant> => {
    const [filled, rule] = [read(value), ruleOf(value)]
    return cells => {
      const text = filled(cells)
      if (typeof text !== 'string') return text
      if (isNoAmount(text)) return undefined
      return (
        instantBy(rule, text, timeZone) ??
        refuse(`${nameOf(value)} ${quoted(text)} is not a date such as ${EXAMPLES[rule]}`)
      )
    }
  }
  return {
    text(value) {
      const filled = read(value)
      const day = value.date === undefined ? undefined : instant(value)
      return cells => {
        if (day !== undefined) {
          const at = day(cells)
          return typeof at === 'number' ? dayText(at) : at
        }
        const text = filled(cells)
        return typeof text === 'string' ? shaped(text, value.as) : text
      }
    },
    number(value) {
      const filled = read(value)
      const decimal =
        value.decimal ??
        value.column.map(name => fit.decimals.get(foldColumn(name))).find(sign => sign !== undefined) ??
        '.'
      const since = value.days_past === true ? instant(value) : undefined
      return cells => {
        if (since !== undefined) {
          const at = since(cells)
          return typeof at === 'number' ? Math.max(0, Math.floor((fileDay - at) / DAY)) : at
        }
        const text = filled(cells)
        if (typeof text !== 'string') return text
        if (isNoAmount(text)) return undefined
        // A word's meaning is written in the mapping, plainly.
        const number =
          (value.words !== undefined ? finiteIn(text) : undefined) ??
          amountIn(text, { decimal, percent: value.percent })
        if (number === undefined) return refuse(`${nameOf(value)} ${quoted(text)} is not a number`)
        return value.times === undefined ? number : Number((number * value.times).toPrecision(15))
      }
    },
    instant,
  }
}

/** The last day of a year, as each rule writes it. */
const EXAMPLES: Readonly<Record<DateRule, string>> = {
  iso: '2025-12-31',
  'day-first': '31.12.2025',
  'month-first': '12/31/2025',
  'month-names': '31 Dec 2025',
  'unix-seconds': '1767139200',
  'unix-milliseconds': '1767139200000',
  excel: '46022',
}

/** Words are compared without regard to case. */
export function foldWord(word: string): string {
  return word.normalize('NFKC').trim().toLowerCase()
}

function nameOf({ column }: Value): string {
  return column[0] ?? 'the value'
}

/** A day alone where the time is midnight. */
export function dayText(at: Instant): string {
  return at % DAY === 0 ? dayOf(at) : new Date(at).toISOString()
}

function shaped(text: string, as: Value['as']): string {
  if (as === 'domain') return emailDomain(text) ?? hostIn(text) ?? text
  if (as !== 'slug') return text
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? text : slug
}
