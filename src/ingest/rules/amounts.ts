import { withoutInvisible } from '../cells/invisible.ts'
import type { DecimalSign } from '../cells/numbers.ts'
import { finiteIn } from '../cells/values.ts'

/** How the numbers of one column are written. */
export type AmountRule = { readonly decimal: DecimalSign; readonly percent?: 'points' | 'share' | undefined }

/** A number as people and spreadsheets write it: with a currency, grouping, a percent sign, in brackets, as 48K. */
export function amountIn(text: string, { decimal, percent = 'points' }: AmountRule): number | undefined {
  const { digits, factor, isShare } = bare(text)
  const value = decimal === '.' ? withDot(digits) : withComma(digits)
  if (value === undefined) return undefined
  if (isShare && percent === 'share') return Number((value * factor * 0.01).toPrecision(15))
  return factor === 1 ? value : Number((value * factor).toPrecision(15))
}

/** What stands in exports where there is no number. */
export function isNoAmount(text: string): boolean {
  return /^(?:|[-–—.]|n\/?a|null|none|nil|\(?blank\)?|unknown|undefined)$/i.test(text)
}

/** Which decimal sign a number speaks for; both where it can be either and would be two numbers. */
export function signsOf(text: string): 'either' | 'both' | DecimalSign | 'neither' {
  const { digits } = bare(text)
  const [dot, comma] = [withDot(digits), withComma(digits)]
  if (dot === undefined && comma === undefined) return 'neither'
  if (dot === undefined) return ','
  if (comma === undefined) return '.'
  return dot === comma ? 'either' : 'both'
}

const CURRENCY =
  /^(?:\p{Sc}|[A-Z]{3}(?=[\s\d+-])|[A-Z]{1,2}\p{Sc}|CHF|kr\.?|Fr\.?|Rs\.?)\s*|\s*(?:\p{Sc}|(?<=[\s\d])[A-Z]{3}|kr\.?|Fr\.?|,--|\.--)$/gu

function bare(written: string): { digits: string; factor: number; isShare: boolean } {
  let text = withoutInvisible(written).trim()
  let factor = 1
  if (/^\(.*\)$/.test(text)) {
    text = text.slice(1, -1).trim()
    factor = -1
  }
  const isShare = /\s*%$/.test(text)
  text = text
    .replace(/\s*%$/, '')
    .replace(CURRENCY, '')
    .replace(/^([+-])\s*\p{Sc}\s*/u, '$1')
  const unit = /^(.*\d)\s*(k|m|mio\.?|tsd\.?|bn)$/i.exec(text)
  if (unit !== null) {
    text = unit[1] ?? ''
    factor *= UNITS[(unit[2] ?? '').toLowerCase().replace('.', '')] ?? 1
  }
  const trailing = /^(\d.*)-$/.exec(text)?.[1]
  if (trailing !== undefined) {
    text = trailing
    factor *= -1
  }
  if (/^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?$/u.test(text)) text = text.replace(/[\s'’]/gu, '')
  return { digits: text, factor, isShare }
}

const UNITS: Readonly<Record<string, number>> = {
  k: 1_000,
  tsd: 1_000,
  m: 1_000_000,
  mio: 1_000_000,
  bn: 1_000_000_000,
}

function withDot(text: string): number | undefined {
  return finiteIn(/^[+-]?[1-9]\d{0,2}(?:,\d{2,3})*(?:,\d{3})(?:\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text)
}

function withComma(text: string): number | undefined {
  const grouped = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/.test(text) ? text.replaceAll('.', '') : text
  return grouped.includes('.') ? undefined : finiteIn(grouped.replace(',', '.'))
}
