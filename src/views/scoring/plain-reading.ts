import type { Component, Measure, MetricInput, Model } from '../../domain/model/model.ts'
import type { Reading } from '../../domain/scoring/readings/reading.ts'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import { evidence, inWindow, isPartOfWhole, measureName, numberText, unitOf } from './evidence.ts'

/** What a measure found, without its name and window, for a cell: "65 of 240 seats", "1 of 5", "down 65%". */
export function plainReading(model: Model, { input }: Measure, reading: Reading): string {
  const { value, ratio } = reading
  if (value === undefined) return reading.state === 'not_applicable' ? 'does not apply' : 'no data'
  if (input.from === 'attribute') return numberText(value)
  if (ratio !== undefined) return ratioText(model, input, ratio)
  if (!reading.restsOnEvidence) return 'none'
  switch (input.take) {
    case 'days_since':
      return value < 1 ? 'today' : `${Math.floor(value)} ${Math.floor(value) === 1 ? 'day' : 'days'} ago`
    case 'change':
      return value === 0 ? 'unchanged' : `${value < 0 ? 'down' : 'up'} ${percentText(Math.abs(value))}`
    default:
      return amountText(model, input.metric, value)
  }
}

function percentText(value: number): string {
  return `${numberText(value < 10 ? value : Math.round(value))}%`
}

/** "1 ticket", "3 tickets", "1 of 5" */
function amountText(model: Model, metric: string, value: number): string {
  const count = countText(model, metric, value)
  const unit = unitOf(model, metric).replace(/^ from .*/u, '')
  return `${count}${count === '1' && isCounted(model, metric) ? unit.replace(/s$/u, '') : unit}`
}

export type Saying = {
  readonly before?: Reading
  /** Of words that are kept and read on a later day: a day stands in them as such. */
  readonly keptAt?: Instant
}

/** The same in a sentence, with what it was where that reads otherwise: "65 of 240 seats used, 186 a month earlier". */
export function saying(model: Model, measure: Measure, now: Reading, { before, keptAt }: Saying = {}): string {
  const { input } = measure
  const was = before === undefined ? undefined : amountOf(model, measure, before)
  const isOther = was !== undefined && was !== amountOf(model, measure, now)
  return `${statement()}${isOther ? `, ${was === '0' ? 'none' : was} a month earlier` : ''}`

  function statement(): string {
    if (input.from === 'metric' && now.ratio !== undefined && SEATS.test(unitOfDivisor(model, input))) {
      if (isPartOfWhole(model, input.metric)) return `${ratioText(model, input, now.ratio)} used`
    }
    const name = lowered(measureName(model, measure))
    if (input.from === 'attribute' || now.value === undefined) return lowered(evidence(model, measure, now))
    if (input.take === 'days_since' && keptAt !== undefined) return `${name} on ${dayOf(keptAt - now.value * DAY)}`
    const isOfTime = input.take === 'sum' || input.take === 'count' || input.take === 'change' || !now.restsOnEvidence
    return `${name} ${withoutRepeating(name, plainReading(model, measure, now))}${isOfTime ? inWindow(input.over) : ''}`
  }
}

/** "escalations 3", not "escalations 3 escalations" */
function withoutRepeating(name: string, reading: string): string {
  const [, amount, unit] = /^(\S+) (\S+)$/u.exec(reading) ?? []
  return amount !== undefined && unit !== undefined && name.toLowerCase().includes(unit.toLowerCase())
    ? amount
    : reading
}

const SEATS = /\b(seats|licen[sc]es)\b/i

/** What is compared: only what is a count or a level of its own, and no change or time that has passed. */
function amountOf(model: Model, measure: Measure, reading: Reading): string | undefined {
  const { input } = measure
  if (reading.value === undefined || input.from === 'attribute') return undefined
  if (input.take === 'change' || input.take === 'days_since') return undefined
  return countText(model, input.metric, reading.ratio?.value ?? reading.value, reading.ratio !== undefined)
}

function ratioText(model: Model, input: MetricInput, { value, divisor }: { value: number; divisor: number }): string {
  const joint = isPartOfWhole(model, input.metric) ? 'of' : 'for'
  return `${countText(model, input.metric, value, true)} ${joint} ${numberText(divisor)} ${unitOfDivisor(model, input)}`
}

function unitOfDivisor(model: Model, { per }: MetricInput): string {
  return per === undefined ? '' : unitOf(model, per.metric).trim() || per.metric.replaceAll('_', ' ')
}

/** Whole where things are counted: nobody has a third of a user. Below ten a rate keeps its digit. */
function countText(model: Model, metric: string, value: number, isOfWhole = false): string {
  const isWhole = isCounted(model, metric) && (value >= 10 || (isOfWhole && isPartOfWhole(model, metric)))
  return numberText(isWhole ? Math.round(value) : value)
}

/** A unit in the plural counts; "of 5", "from -1 to 1" and a share are scales. */
function isCounted(model: Model, metric: string): boolean {
  return PLURAL.test(unitOf(model, metric))
}

const PLURAL = /^ \p{L}+s\b/u

/** "Active users" goes on in a sentence; "NPS answer" and "CSM pulse" stay as they are. */
export function lowered(text: string): string {
  return /^\p{Lu}(?=\p{Ll}|\s)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** A component, and which of its measures speaks for it where the name does not tell. */
export function rowName(model: Model, { label, measures }: Component, measure: Measure): string {
  const name = measureName(model, measure)
  const isSaid = measures.length === 1 || name.toLowerCase().includes(label.toLowerCase())
  return isSaid ? label : `${label} (${lowered(name)})`
}
