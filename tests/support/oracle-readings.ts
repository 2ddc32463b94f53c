import { DAY, duration, type OracleWorld, type RawMeasure, type SignalVersion, type Take } from './oracle-model.ts'
import { numberIn, same, total } from './oracle-numbers.ts'

export type State = 'present' | 'never' | 'stale' | 'undefined' | 'not_applicable'

export interface OracleReading {
  readonly state: State
  readonly reading: number | null
  readonly signals: number
  /** The newest signal of its metric at or before t, in the window or not. */
  readonly newest: number | null
  /** Does it rest on a signal or an attribute? */
  readonly founded: boolean
}

const nothing = (state: State): OracleReading => ({ state, reading: null, signals: 0, newest: null, founded: false })

/** One measure as of t, without `applies_when`. */
export function readMeasure(world: OracleWorld, measure: RawMeasure, t: number): OracleReading {
  if (measure.from === 'attribute') {
    const value = numberIn(attributeAsOf(world, measure.attribute ?? '', t))
    if (value === undefined) return nothing('never')
    return { state: 'present', reading: value, signals: 0, newest: null, founded: true }
  }

  const before = signalsAsOf(world, measure.metric ?? '', t).map(signal => signal.observedAt)
  const newest = before.length === 0 ? null : Math.max(...before)
  const own = { ...emptyFilled(world, measure, t, taking(world, measure, t)), newest }
  if (own.reading === null || measure.per === undefined) return own

  const { state, reading: divisor } = taking(world, measure.per, t)
  if (divisor === null) return { ...own, state, reading: null, founded: false }
  const quotient = own.reading / divisor
  if (same(divisor, 0) || !Number.isFinite(quotient)) {
    return { ...own, state: 'undefined', reading: null, founded: false }
  }
  return { ...own, reading: quotient, founded: true }
}

/** A window without signals has the value that the model gives it, once the metric is connected. */
function emptyFilled(world: OracleWorld, measure: RawMeasure, t: number, own: OracleReading): OracleReading {
  if (measure.when_empty === undefined || !['never', 'stale'].includes(own.state)) return own
  const window = measure.over === undefined ? DAY : duration(measure.over)
  const everybody = [...world.signals, ...(world.others ?? [])]
  const connected = everybody.some(({ metric, observedAt }) => metric === measure.metric && observedAt <= t - window)
  return connected ? { ...nothing('present'), reading: measure.when_empty } : own
}

type Taking = Pick<RawMeasure, 'metric' | 'take' | 'of' | 'over'>

/** What the signals alone say. */
function taking(world: OracleWorld, asked: Taking, t: number): OracleReading {
  const all = signalsAsOf(world, asked.metric ?? '', t)
  if (all.length === 0) return nothing('never')
  const take = asked.take ?? 'latest'
  const now = inWindow(all, asked.over, t)
  if (take !== 'change') {
    if (now.length === 0) return nothing('stale')
    return unlessInfinite(taken(take, now, t), now.length)
  }
  const w = duration(asked.over ?? '')
  const before = all.filter(signal => signal.observedAt > t - 2 * w && signal.observedAt <= t - w)
  const signals = now.length + before.length
  if (signals === 0) return nothing('stale')
  const of = asked.of ?? 'mean'
  if (of === 'mean' && (now.length === 0 || before.length === 0)) return { ...nothing('undefined'), signals }
  const [is, was] = [now, before].map(half => (half.length === 0 ? 0 : taken(of, half, t))) as [number, number]
  if (same(was, 0)) return { ...nothing('undefined'), signals }
  return unlessInfinite((100 * (is - was)) / Math.abs(was), signals)
}

function unlessInfinite(reading: number, signals: number): OracleReading {
  if (!Number.isFinite(reading)) return { ...nothing('undefined'), signals }
  return { ...nothing('present'), reading, signals, founded: true }
}

function taken(take: Take, signals: readonly SignalVersion[], t: number): number {
  const values = signals.map(signal => signal.value)
  const newest = [...signals].sort(byAge).at(-1)
  if (newest === undefined) return Number.NaN
  if (take === 'latest') return newest.value
  if (take === 'days_since') return (t - newest.observedAt) / DAY
  if (take === 'count') return values.length
  if (take === 'sum') return total(values)
  if (take === 'mean') return total(values) / values.length
  if (take === 'min') return Math.min(...values)
  if (take === 'max') return Math.max(...values)
  return Number.NaN
}

/** Ties go by the id; `~10` is greater than `~9`. */
function byAge(a: SignalVersion, b: SignalVersion): number {
  const number = (id: string) => (/^~[0-9]+$/.test(id) ? Number(id.slice(1)) : 0)
  return a.observedAt - b.observedAt || number(a.id) - number(b.id) || (a.id < b.id ? -1 : 1)
}

const inWindow = (signals: readonly SignalVersion[], over: string | undefined, t: number) =>
  signals.filter(signal => over === undefined || signal.observedAt > t - duration(over))

/** Of each identity the version recorded last. */
function signalsAsOf(world: OracleWorld, metric: string, t: number): readonly SignalVersion[] {
  const counting = new Map<string, SignalVersion>()
  for (const signal of world.signals) {
    if (signal.metric === metric && signal.observedAt <= t) counting.set(`${signal.observedAt} ${signal.id}`, signal)
  }
  return [...counting.values()]
}

/** The value it had at t; before its first known value that first value. */
export function attributeAsOf(world: OracleWorld, name: string, t: number): string | undefined {
  const history = world.attributes.filter(version => version.name === name).sort((a, b) => a.at - b.at)
  const first = history.find(version => version.value !== undefined)
  if (first === undefined) return undefined
  if (t < first.at) return first.value
  return history.filter(version => version.at <= t).at(-1)?.value
}
