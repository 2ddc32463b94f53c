/** The model as a person writes it, and the world as it was recorded: all that the oracle is told. */
export interface RawModel {
  readonly name: string
  readonly min_coverage?: number
  readonly components: readonly RawComponent[]
  readonly watch?: readonly RawMeasure[]
  readonly bands: readonly RawBand[]
  readonly segments?: readonly RawSegment[]
  readonly caps?: readonly { readonly when: RawCondition; readonly at_most: number; readonly because: string }[]
  readonly settling?: {
    readonly dwell?: number
    readonly margin?: number
    readonly sharp_drop?: { readonly points: number; readonly over: string }
  }
  readonly trend?: { readonly dead_band?: number; readonly over?: string }
  readonly expansion?: { readonly when: RawCondition; readonly held_for?: string }
}

export interface RawComponent {
  readonly id: string
  readonly weight: number
  readonly measures: readonly RawMeasure[]
}

export type Take = 'latest' | 'sum' | 'mean' | 'min' | 'max' | 'count' | 'days_since' | 'change'

export interface RawMeasure {
  readonly id: string
  readonly metric?: string
  readonly take?: Take
  readonly of?: 'mean' | 'sum' | 'count'
  readonly over?: string
  readonly per?: { readonly metric: string; readonly take?: Exclude<Take, 'change'>; readonly over?: string }
  readonly from?: 'attribute'
  readonly attribute?: string
  readonly when_empty?: number
  readonly applies_when?: RawCondition
  readonly scale?: Readonly<Record<string, number>>
  readonly steps?: Readonly<Record<string, number>>
  readonly weight?: number
}

export interface RawBand {
  readonly id: string
  readonly role: 'at_risk' | 'attention' | 'healthy'
  readonly from: number
}

export interface RawSegment {
  readonly id: string
  readonly when: RawCondition
  readonly weights?: Readonly<Record<string, number>>
  readonly bands?: Readonly<Record<string, number>>
  readonly min_coverage?: number
}

export type RawCondition =
  | { readonly all: readonly RawCondition[] }
  | { readonly any: readonly RawCondition[] }
  | { readonly not: RawCondition }
  | RawClause

export interface RawClause {
  readonly score?: true
  readonly score_change?: string
  readonly measure?: string
  readonly component?: string
  readonly attribute?: string
  readonly days_until?: string
  readonly band?: string
  readonly alert?: string
  readonly at_least?: number
  readonly at_most?: number
  readonly above?: number
  readonly below?: number
  readonly is?: string
  readonly is_not?: string
  readonly one_of?: readonly string[]
  readonly held_for?: string
}

/** One version of one signal, in the order in which they were written. */
export interface SignalVersion {
  readonly metric: string
  readonly value: number
  readonly observedAt: number
  readonly receivedAt: number
  readonly id: string
}

/** From `at` on the attribute was this; undefined is an empty cell. */
export interface AttributeVersion {
  readonly name: string
  readonly value: string | undefined
  readonly at: number
}

export interface OracleWorld {
  readonly model: RawModel
  readonly account: { readonly id: string; readonly name: string }
  readonly signals: readonly SignalVersion[]
  readonly attributes: readonly AttributeVersion[]
  readonly openAlerts?: readonly string[]
}

export const DAY = 24 * 60 * 60 * 1000

/** `30d` in milliseconds. */
export function duration(text: string): number {
  const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY }
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? Number.NaN)
}
