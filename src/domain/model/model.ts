import type { AlertKind } from '../alerts/alert-kind.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Scale } from '../scoring/readings/scale.ts'
import type { Duration } from '../time/instant.ts'
import type { Condition } from './condition.ts'

/** How a score is made: one file in git, checked and compiled. Plain data, so that a worker thread can be sent one. */
export type Model = {
  readonly name: string
  /** `sha256:` and the hash of the file's content. */
  readonly version: string
  readonly healthyMeans?: string
  readonly minCoverage: number
  readonly metrics: Readonly<Record<string, MetricWords>>
  readonly components: readonly Component[]
  /** Measures without weight, for conditions to name. */
  readonly watch: readonly Measure[]
  /** From the worst; the first begins at 0. */
  readonly bands: readonly Band[]
  /** The first that matches overrides the defaults. */
  readonly segments: readonly Segment[]
  readonly caps: readonly Cap[]
  readonly settling: { readonly dwell: number; readonly margin: number; readonly sharpDrop: SharpDrop }
  readonly trend: { readonly deadBand: number; readonly over: Duration }
  readonly expansion?: Expansion
  readonly alerts: readonly AlertRule[]
  readonly playbooks: readonly Playbook[]
  /** What the portfolio as a whole should reach. */
  readonly target?: { readonly portfolio: number }
  /** Averages that others published, shown as theirs. */
  readonly benchmarks: readonly Benchmark[]
}

export type Benchmark = { readonly label: string; readonly value: number; readonly source: string }

export type MetricWords = { readonly label?: string; readonly unit?: string }

export type Component = {
  readonly id: string
  readonly label: string
  readonly weight: number
  readonly kind?: ComponentKind
  readonly tags: readonly Tag[]
  /** What it is; `why` it matters; what to `ask` when it is the top driver. */
  readonly definition?: string
  readonly why?: string
  readonly ask: readonly string[]
  readonly measures: readonly ScaledMeasure[]
}

export const COMPONENT_KINDS = ['declared', 'behavioural', 'operational', 'financial', 'relationship'] as const
export type ComponentKind = (typeof COMPONENT_KINDS)[number]

export const TAGS = ['leading', 'lagging', 'activity', 'value'] as const
export type Tag = (typeof TAGS)[number]

export const TAKES = ['latest', 'sum', 'mean', 'min', 'max', 'count', 'days_since', 'change'] as const
export type Take = (typeof TAKES)[number]

/** How a metric, or an attribute, becomes one reading. */
export type Measure = {
  readonly id: string
  readonly label?: string
  readonly input: MetricInput | { readonly from: 'attribute'; readonly attribute: string }
  readonly appliesWhen?: Condition
}

export type MetricInput = {
  readonly from: 'metric'
  readonly metric: string
  readonly take: Take
  /** What `change` compares. */
  readonly of: 'mean' | 'sum' | 'count'
  /** Without it the window has no start. */
  readonly over?: Duration
  readonly whenEmpty?: number
  readonly per?: { readonly metric: string; readonly take: Take; readonly over?: Duration }
}

/** A measure that counts in the score, with its weight within the component. */
export type ScaledMeasure = Measure & {
  readonly scale: Scale
  readonly weight: number
  readonly movable: boolean
}

export const ROLES = ['at_risk', 'attention', 'healthy'] as const
export type Role = (typeof ROLES)[number]

export type Band = { readonly id: string; readonly label: string; readonly role: Role; readonly from: number }

export type Segment = {
  readonly id: string
  readonly when: Condition
  readonly weights: Readonly<Record<string, number>>
  readonly bands: Readonly<Record<string, number>>
  readonly minCoverage?: number
}

export type Cap = { readonly when: Condition; readonly atMost: number; readonly because: string }

export type SharpDrop = { readonly points: number; readonly over: Duration }

/** `heldFor` counts in whole days. */
export type Expansion = { readonly when: Condition; readonly heldFor: Duration }

/** `points` belongs to `pulse_divergence`, `within` to `renewal_risk`. */
export type AlertRule = {
  readonly kind: AlertKind
  readonly critical: boolean
  readonly points: number
  readonly within: Duration
  /** Absent for a critical one. */
  readonly budget?: FalseAlarmBudget
}

/** The share of answered alerts that may be wrong, once enough were answered. */
export type FalseAlarmBudget = { readonly wrong: number; readonly answered: number }
