import { DAY, HOUR, type Instant } from '../domain/time/instant.ts'

/** A signal of the demo, as an import would bring it. */
export type DemoSignal = {
  readonly accountId: string
  readonly metric: string
  readonly value: number
  readonly observedAt: Instant
  readonly id: string
  readonly source: string
}

/** A value for each of the days before the last morning. */
export type Curve = (daysAgo: number) => number

/** A steady value, or points `[days ago, value]` in order of time, joined by straight lines. */
export type Shape = number | readonly (readonly [daysAgo: number, value: number])[]

/** How one metric comes in: by a nightly or weekly export, or whenever something happens. */
export type Track =
  | { readonly every: number; readonly curve: Curve; readonly decimals: number; readonly weekend: number }
  | { readonly events: readonly (readonly [daysAgo: number, value: number])[] }

/** The metrics of one account. A metric that is not here has no data. */
export type Course = Readonly<Record<string, Track>>

/** A factor for a metric on a day, to make a curve look lived. */
export type Wobble = (metric: string, daysAgo: number) => number

export const DEMO_DAYS = 120

/** Saturday and Sunday show this part of a working day. */
const WEEKEND = 0.15

export function curveOf(shape: Shape): Curve {
  if (typeof shape === 'number') return () => shape
  return daysAgo => {
    const after = shape.findIndex(([at]) => at <= daysAgo)
    const [next, before] = [shape[after], shape[after === -1 ? shape.length - 1 : after - 1]]
    if (next === undefined || before === undefined) return (next ?? before)?.[1] ?? 0
    return next[1] + ((before[1] - next[1]) * (daysAgo - next[0])) / (before[0] - next[0])
  }
}

export function nightly(curve: Curve, decimals = 0): Track {
  return { every: 1, curve, decimals, weekend: 1 }
}

/** A nightly count of what people do at work. */
export function workdays(curve: Curve): Track {
  return { every: 1, curve, decimals: 0, weekend: WEEKEND }
}

export function every(days: number, curve: Curve, decimals = 0): Track {
  return { every: days, curve, decimals, weekend: 1 }
}

/** Things that happened so many days before the last morning; a bare number is one of them. */
export function happened(events: readonly (number | readonly [daysAgo: number, value: number])[]): Track {
  return { events: events.map(event => (typeof event === 'number' ? [event, 1] : event)) }
}

/** The signals of an account up to and including the last morning, of one metric in order of time. */
export function signalsOf(accountId: string, course: Course, morning: Instant, wobble: Wobble = () => 1): DemoSignal[] {
  return Object.entries(course).flatMap(([metric, track]) => {
    const source = SOURCES[metric] ?? 'warehouse'
    return observationsOf(metric, track, morning, wobble).map(([observedAt, value]) => {
      return { accountId, metric, value, observedAt, id: '', source }
    })
  })
}

/** An export runs four hours before the scoring, and tells of the day before. */
function observationsOf(metric: string, track: Track, morning: Instant, wobble: Wobble): [Instant, number][] {
  if ('events' in track) {
    return track.events
      .toSorted(([a], [b]) => b - a)
      .map(([daysAgo, value]) => [morning - Math.round(daysAgo * 24) * HOUR, value])
  }
  const days = Array.from({ length: DEMO_DAYS }, (_, index) => DEMO_DAYS - 1 - index)
  const factor = 10 ** track.decimals
  return days
    .filter(daysAgo => daysAgo % track.every === 0)
    .map(daysAgo => {
      const observedAt = morning - daysAgo * DAY - 4 * HOUR
      const value = track.curve(daysAgo) * (isWeekend(observedAt - DAY) ? track.weekend : 1)
      const lived = track.every === 1 ? value * wobble(metric, daysAgo) : value
      return [observedAt, Math.round(lived * factor) / factor]
    })
}

function isWeekend(at: Instant): boolean {
  return (Math.floor(at / DAY) + THURSDAY) % 7 >= SATURDAY
}

/** The first day of all instants, in a week that begins on Monday. */
const THURSDAY = 3
const SATURDAY = 5

const SOURCES: Readonly<Record<string, string>> = {
  active_users: 'usage export',
  logins: 'usage export',
  key_feature_uses: 'usage export',
  plan_limit_use: 'usage export',
  users_invited: 'usage export',
  seats: 'billing',
  days_past_due: 'billing',
  tickets_opened: 'help desk',
  escalations: 'help desk',
  csat: 'survey',
  nps: 'survey',
  csm_pulse: 'csm',
  meeting: 'crm',
  addon_inquiries: 'crm',
}
