import type { Measure, MetricInput, Model } from '../../domain/model/model.ts'
import type { Lever } from '../../domain/what-if/lever.ts'
import type { Change } from '../../domain/what-if/what-if.ts'
import { inWindow, measureName, metricLabel, numberText, unitOf } from './evidence.ts'

/** "NPS from 10 to 40", "Active users from 14 to 25 of 40 seats", "A first NPS of 40". */
export function changeWords(model: Model, { lever, to }: Change): string {
  const { measure, from, divisor, state } = lever
  const name = divisor === undefined ? measureName(model, measure) : ratioName(model, measure)
  const rest = `${ofWhat(model, measure, divisor)}${when(measure)}${orSooner(lever, to)}`
  if (from === undefined) {
    const linking = takeOf(measure) === 'days_since' ? '' : 'of '
    return `A ${state === 'never' ? 'first' : 'new'} ${name} ${linking}${amount(measure, to)}${rest}`
  }
  const [before, after] = distinct(measure, from, to)
  return `${name} from ${before} to ${after}${rest}`
}

/** Nobody can meet a customer in the past: a meeting today does what one of last week would have done. */
function orSooner({ measure, from = Infinity }: Lever, to: number): string {
  return takeOf(measure) === 'days_since' && to > 0 && to < from ? ', or more recently' : ''
}

/** What is now is rounded as in the evidence, unless the two would then look alike. */
function distinct(measure: Measure, from: number, to: number): [string, string] {
  const isDays = takeOf(measure) === 'days_since'
  const [before, after] = [inTakesUnit(measure, numberText(isDays ? Math.floor(from) : from)), amount(measure, to)]
  return [before === after ? inTakesUnit(measure, plain(from)) : before, after]
}

/** What is proposed was scored as it stands here, so that it may not be rounded anymore. */
function amount(measure: Measure, value: number): string {
  return inTakesUnit(measure, plain(value))
}

function inTakesUnit(measure: Measure, number: string): string {
  switch (takeOf(measure)) {
    case 'days_since':
      return number === '0' ? 'today' : `${number} ${number === '1' ? 'day' : 'days'} ago`
    case 'change':
      return `${number}%`
    default:
      return number
  }
}

const plain = (value: number) => new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 }).format(value)

function takeOf({ input }: Measure): MetricInput['take'] {
  return input.from === 'attribute' ? 'latest' : input.take
}

function ratioName(model: Model, measure: Measure): string {
  return measure.input.from === 'metric' ? metricLabel(model, measure.input.metric) : measureName(model, measure)
}

/** What it is counted in: the unit, or for a ratio what it is a part of. */
function ofWhat(model: Model, { input }: Measure, divisor: number | undefined): string {
  if (input.from === 'attribute' || ['days_since', 'change', 'sum', 'count'].includes(input.take)) {
    return divisor === undefined || input.from === 'attribute' ? '' : partOf(model, input, divisor)
  }
  const unit = unitOf(model, input.metric)
  if (divisor !== undefined) return partOf(model, input, divisor)
  return unit.startsWith(' from ') ? ` (${unit.trim()})` : unit
}

function partOf(model: Model, { per }: MetricInput, divisor: number): string {
  if (per === undefined) return ''
  const unit = model.metrics[per.metric]?.unit ?? metricLabel(model, per.metric).toLowerCase()
  return ` of ${numberText(divisor)} ${unit}`
}

function when({ input }: Measure): string {
  if (input.from === 'attribute') return ''
  switch (input.take) {
    case 'latest':
    case 'days_since':
      return ''
    case 'sum':
    case 'count':
      return inWindow(input.over)
    case 'mean':
      return ` on average${inWindow(input.over)}`
    case 'min':
      return ` at the least${inWindow(input.over)}`
    case 'max':
      return ` at the most${inWindow(input.over)}`
    case 'change':
      return `${input.of === 'mean' ? ' on average' : ''}${inWindow(input.over)}`
  }
}
