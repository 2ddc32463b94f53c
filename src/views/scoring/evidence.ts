import { titleOf } from '../../domain/accounts/title.ts'
import { counted } from '../../domain/counted.ts'
import type { Measure, MetricInput, Model } from '../../domain/model/model.ts'
import type { Reading } from '../../domain/scoring/readings/reading.ts'
import { DAY, type Duration, dayOf, type Instant } from '../../domain/time/instant.ts'
import { localTimeAt } from '../../domain/time/zoned-time.ts'

/** What a measure found, in words: "Active users 14 of 40 seats", "Tickets opened up 120% in 30 days". */
export function evidence(model: Model, measure: Measure, reading: Reading): string {
  const name = measureName(model, measure)
  if (reading.value === undefined) return `${name}: ${absence(measure, reading)}`
  if (measure.input.from === 'attribute') return `${name} ${numberText(reading.value)}`
  if (reading.ratio !== undefined) return ratioWords(model, measure.input, reading.ratio)
  if (!reading.restsOnEvidence) return `${name}: none${inWindow(measure.input.over)}`
  return `${name} ${readingWords(model, measure.input, reading.value)}`
}

export function measureName(model: Model, measure: Measure): string {
  return (
    measure.label ?? (measure.input.from === 'metric' ? metricLabel(model, measure.input.metric) : titleOf(measure.id))
  )
}

export function metricLabel({ metrics }: Model, metric: string): string {
  return metrics[metric]?.label ?? titleOf(metric)
}

/** 1234.5 -> "1,234.5": at most one decimal, two below ten, as a person would say it. */
export function numberText(value: number): string {
  const size = Math.abs(value)
  if (size < 1_000 && Number.isInteger(value)) return `${value}`
  const digits = size < 10 ? 2 : size < 100 ? 1 : 0
  const rounded = Math.round(Number(`${size}e${digits}`)) / 10 ** digits
  // Most numbers need no commas, and the first formatter of a process takes longer than drawing a card.
  return rounded < 1_000 ? `${value < 0 ? '-' : ''}${rounded}` : formatWith(digits).format(value)
}

const FORMATS = new Map<number, Intl.NumberFormat>()

function formatWith(maximumFractionDigits: number): Intl.NumberFormat {
  const made = FORMATS.get(maximumFractionDigits) ?? new Intl.NumberFormat('en-US', { maximumFractionDigits })
  FORMATS.set(maximumFractionDigits, made)
  return made
}

function spanText(span: Duration): string {
  const days = span / DAY
  if (days >= 1) return `${numberText(days)} ${days === 1 ? 'day' : 'days'}`
  return `${numberText(days * 24)} hours`
}

function readingWords(model: Model, { metric, take, over, of }: MetricInput, value: number): string {
  const unit = unitOf(model, metric)
  switch (take) {
    case 'latest':
      return `${numberText(value)}${unit}`
    case 'sum':
    case 'count':
      return `${numberText(value)}${inWindow(over)}`
    case 'mean':
      return `${numberText(value)}${unit} on average${inWindow(over)}`
    case 'min':
    case 'max':
      return `${take === 'min' ? 'at least' : 'at most'} ${numberText(value)}${unit}${inWindow(over)}`
    case 'days_since':
      return value < 1 ? 'today' : `${numberText(Math.floor(value))} ${Math.floor(value) === 1 ? 'day' : 'days'} ago`
    case 'change': {
      const direction = value < 0 ? 'down' : 'up'
      const what = of === 'mean' ? ' on average' : ''
      return value === 0
        ? `unchanged${inWindow(over)}`
        : `${direction} ${numberText(Math.abs(value))}%${what}${inWindow(over)}`
    }
  }
}

function ratioWords(
  model: Model,
  { metric, take, over, per }: MetricInput,
  { value, divisor }: { value: number; divisor: number },
): string {
  const unit = per === undefined ? '' : (model.metrics[per.metric]?.unit ?? titleOf(per.metric).toLowerCase())
  const when = take === 'latest' ? '' : take === 'mean' ? ` on average${inWindow(over)}` : inWindow(over)
  const label = metricLabel(model, metric)
  const isPart = isPartOfWhole(model, metric)
  const joint = isPart ? 'of' : 'for'
  return `${label} ${numberText(isPart ? Math.round(value) : value)} ${joint} ${numberText(divisor)} ${unit}${when}`
}

/** 14 of 40 seats are used; but 16 tickets for 40 seats. */
export function isPartOfWhole(model: Model, metric: string): boolean {
  return PARTS_OF_A_WHOLE.test(model.metrics[metric]?.unit ?? metricLabel(model, metric))
}

const PARTS_OF_A_WHOLE = /\b(users|seats|people|members|customers|licen[sc]es|accounts|stores|contacts)\b/i

function absence(measure: Measure, { state, newest }: Reading): string {
  const over = measure.input.from === 'metric' ? measure.input.over : undefined
  switch (state) {
    case 'not_applicable':
      return 'does not apply'
    case 'stale':
      return `nothing${inWindow(over)}${newest === undefined ? '' : `, last on ${dayOf(newest)}`}`
    case 'undefined':
      return 'nothing to compare with'
    case 'never':
    case 'present':
      return 'no data yet'
  }
}

export function inWindow(over: Duration | undefined): string {
  return over === undefined ? '' : ` in ${spanText(over)}`
}

export function unitOf({ metrics }: Model, metric: string): string {
  const unit = metrics[metric]?.unit
  return unit === undefined ? '' : ` ${unit}`
}

/** How long ago, in the largest unit that fits: "2 minutes ago". */
export function agoText(then: Instant, now: Instant): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000))
  if (seconds < 60) return 'just now'
  const [amount, unit] =
    seconds < 3600 ? [seconds / 60, 'minute'] : seconds < 86_400 ? [seconds / 3600, 'hour'] : [seconds / 86_400, 'day']
  const whole = Math.floor(amount)
  return `${counted(whole, unit)} ago`
}

/** `2026-11-21`, or `2026-11-21 14:30 UTC` where it is not midnight, by the clock of a zone. */
export function timeText(at: Instant, timeZone = 'UTC'): string {
  const { day, time } = localTimeAt(timeZone, at)
  return time < MINUTE ? day : `${day} ${new Date(time).toISOString().slice(11, 16)} ${timeZone}`
}

const MINUTE = 60_000
