import type { ObservedAccount } from '../accounts/account.ts'
import type { Measure, Model } from '../model/model.ts'
import { outlines } from '../scoring/health.ts'
import { bareVerdict, UNKNOWN } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'
import { ALERT_KINDS, type AlertKind } from './alert-kind.ts'
import { firedAt } from './fired.ts'

export type AlertsToHold = {
  /** The kinds that a scoring opens. */
  readonly opens: readonly AlertKind[]
  /** The kinds whose rule holds; undefined where the scoring did not settle. */
  readonly holds: readonly AlertKind[] | undefined
  /** The kinds that were waiting before. */
  readonly held: readonly AlertKind[]
  /** The kinds whose rule holds only because a source is silent. */
  readonly resting: ReadonlySet<AlertKind>
}

export type HeldBack = { readonly open: readonly AlertKind[]; readonly held: readonly AlertKind[] }

/** What opens now, and what waits for a silent source. A waiting alert opens once the source is back, if its rule still holds. */
export function holdBack({ opens, holds, held, resting }: AlertsToHold): HeldBack {
  const still = holds === undefined ? held : held.filter(kind => holds.includes(kind))
  const returning = holds === undefined ? [] : still
  const started = ALERT_KINDS.filter(kind => opens.includes(kind) || returning.includes(kind))
  return {
    open: started.filter(kind => !resting.has(kind)),
    held: ALERT_KINDS.filter(kind => (still.includes(kind) || opens.includes(kind)) && !isOpened(kind)),
  }

  function isOpened(kind: AlertKind): boolean {
    return started.includes(kind) && !resting.has(kind)
  }
}

/**
 * The kinds of alert that cannot be raised about an account yet, because their rules do not hold by today's numbers
 * alone, the metrics that are silent left out. An account that never had any of them is only concerned with what
 * waited: a verdict of the silent days outlives them, and is no reason to open it.
 */
export function alertsRestingOn(
  silent: ReadonlySet<string>,
  model: Model,
  account: ObservedAccount,
  held: readonly AlertKind[],
  at: Instant,
): ReadonlySet<AlertKind> {
  const had = (metric: string) => (account.history.firstAt(metric) ?? Infinity) <= at
  const isConcerned = metricsOf(model).some(metric => silent.has(metric) && had(metric))
  if (!isConcerned && held.length === 0) return new Set()
  const rest = isConcerned ? withoutMetrics(model, silent) : model
  const outlineAt = outlines(rest, account)
  if (isConcerned && bareVerdict(outlineAt(at)) === UNKNOWN) return new Set(ALERT_KINDS)
  const { alerts } = firedAt(rest, account, outlineAt, at)
  return new Set((isConcerned ? ALERT_KINDS : held).filter(kind => !alerts.includes(kind)))
}

/** The model as if these metrics had never been connected. */
function withoutMetrics(model: Model, silent: ReadonlySet<string>): Model {
  const isHeard = (measure: Measure) => !namesOf(measure).some(metric => silent.has(metric))
  const components = model.components
    .map(component => ({ ...component, measures: component.measures.filter(isHeard) }))
    .filter(({ measures }) => measures.length > 0)
  return { ...model, components, watch: model.watch.filter(isHeard) }
}

function metricsOf({ components, watch }: Model): string[] {
  return [...components.flatMap(({ measures }) => measures), ...watch].flatMap(namesOf)
}

function namesOf({ input }: Measure): string[] {
  if (input.from !== 'metric') return []
  return input.per === undefined ? [input.metric] : [input.metric, input.per.metric]
}
