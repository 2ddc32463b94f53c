import { DAY, duration, type OracleWorld, type RawMeasure, type SignalVersion, type Take } from './oracle-model.ts'

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
  const own = { ...ownReading(world, measure, t), newest: before.length === 0 ? null : Math.max(...before) }
  if (own.state !== 'present' || own.reading === null || measure.per === undefined) return own

  const all = signalsAsOf(world, measure.per.metric, t)
  const inside = inWindow(all, measure.per.over, t)
  if (all.length === 0) return { ...own, state: 'never', reading: null, founded: false }
  if (inside.length === 0) return { ...own, state: 'stale', reading: null, founded: false }
  const divisor = taken(measure.per.take ?? 'latest', inside, t)
  if (divisor === 0) return { ...own, state: 'undefined', reading: null, founded: false }
  return { ...own, reading: own.reading / divisor }
}

function ownReading(world: OracleWorld, measure: RawMeasure, t: number): OracleReading {
  const all = signalsAsOf(world, measure.metric ?? '', t)
  if (measure.take === 'change') return changeReading(all, measure, t)
  const inside = inWindow(all, measure.over, t)
  if (inside.length > 0) {
    const reading = taken(measure.take ?? 'latest', inside, t)
    return { ...nothing('present'), reading, signals: inside.length, founded: true }
  }
  if (measure.when_empty !== undefined) return { ...nothing('present'), reading: measure.when_empty }
  return nothing(all.length === 0 ? 'never' : 'stale')
}

function changeReading(all: readonly SignalVersion[], measure: RawMeasure, t: number): OracleReading {
  const w = duration(measure.over ?? '')
  const now = all.filter(signal => signal.observedAt > t - w && signal.observedAt <= t)
  const before = all.filter(signal => signal.observedAt > t - 2 * w && signal.observedAt <= t - w)
  const signals = now.length + before.length
  if (all.length === 0) return nothing('never')
  if (signals === 0) return nothing('stale')
  const broken = { ...nothing('undefined'), signals }
  const of = measure.of ?? 'mean'
  if (of === 'mean' && (now.length === 0 || before.length === 0)) return broken
  const base = before.length === 0 ? 0 : taken(of, before, t)
  const value = now.length === 0 ? 0 : taken(of, now, t)
  if (base === 0) return broken
  return { ...nothing('present'), reading: (100 * (value - base)) / Math.abs(base), signals, founded: true }
}

function taken(take: Take, signals: readonly SignalVersion[], t: number): number {
  const values = signals.map(signal => signal.value)
  const sum = values.reduce((total, value) => total + value, 0)
  const newest = [...signals].sort(byAge).at(-1)
  if (newest === undefined) return Number.NaN
  if (take === 'latest') return newest.value
  if (take === 'days_since') return (t - newest.observedAt) / DAY
  if (take === 'count') return values.length
  if (take === 'sum') return sum
  if (take === 'mean') return sum / values.length
  if (take === 'min') return Math.min(...values)
  if (take === 'max') return Math.max(...values)
  return Number.NaN
}

function byAge(a: SignalVersion, b: SignalVersion): number {
  return a.observedAt - b.observedAt || a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1)
}

const inWindow = (signals: readonly SignalVersion[], over: string | undefined, t: number) =>
  signals.filter(signal => over === undefined || signal.observedAt > t - duration(over))

/** Of each identity the version received last; of equals the one written last. */
function signalsAsOf(world: OracleWorld, metric: string, t: number): readonly SignalVersion[] {
  const counting: SignalVersion[] = []
  for (const signal of world.signals) {
    if (signal.metric !== metric || signal.observedAt > t) continue
    const i = counting.findIndex(other => other.observedAt === signal.observedAt && other.id === signal.id)
    const earlier = counting[i]
    if (earlier === undefined) counting.push(signal)
    else if (signal.receivedAt >= earlier.receivedAt && signal.value !== earlier.value) counting[i] = signal
  }
  return counting
}

/** The value it had at t; before its first known value that first value. */
export function attributeAsOf(world: OracleWorld, name: string, t: number): string | undefined {
  const history = world.attributes.filter(version => version.name === name).sort((a, b) => a.at - b.at)
  const first = history.find(version => version.value !== undefined)
  if (first === undefined) return undefined
  if (t < first.at) return first.value
  return history.filter(version => version.at <= t).at(-1)?.value
}

export function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '' || !Number.isFinite(Number(text))) return undefined
  return Number(text)
}
