/** The model as a person writes it, and the world as it was recorded: all that the oracle is told. */
export interface RawModel {
  readonly name: string
  readonly min_coverage?: number | undefined
  readonly components: readonly RawComponent[]
  readonly watch?: readonly RawMeasure[] | undefined
  readonly bands: readonly RawBand[]
  readonly segments?: readonly RawSegment[] | undefined
  readonly caps?:
    | readonly { readonly when: RawCondition; readonly at_most: number; readonly because: string }[]
    | undefined
  readonly alerts?: readonly [] | undefined
  readonly settling?:
    | {
        readonly dwell?: number | undefined
        readonly margin?: number | undefined
        readonly sharp_drop?: { readonly points: number; readonly over: string } | undefined
      }
    | undefined
  readonly trend?: { readonly dead_band?: number | undefined; readonly over?: string | undefined } | undefined
  readonly expansion?: { readonly when: RawCondition; readonly held_for?: string | undefined } | undefined
}

export interface RawComponent {
  readonly id: string
  readonly weight: number
  readonly measures: readonly RawMeasure[]
}

export type Take = 'latest' | 'sum' | 'mean' | 'min' | 'max' | 'count' | 'days_since' | 'change'

export interface RawMeasure {
  readonly id: string
  readonly metric?: string | undefined
  readonly take?: Take | undefined
  readonly of?: 'mean' | 'sum' | 'count' | undefined
  readonly over?: string | undefined
  readonly per?:
    | {
        readonly metric: string
        readonly take?: Take | undefined
        readonly over?: string | undefined
      }
    | undefined
  readonly from?: 'attribute' | undefined
  readonly attribute?: string | undefined
  readonly when_empty?: number | undefined
  readonly applies_when?: RawCondition | undefined
  readonly scale?: Readonly<Record<string, number>> | undefined
  readonly steps?: Readonly<Record<string, number>> | undefined
  readonly weight?: number | undefined
}

export interface RawBand {
  readonly id: string
  readonly role: 'at_risk' | 'attention' | 'healthy'
  readonly from: number
}

export interface RawSegment {
  readonly id: string
  readonly when: RawCondition
  readonly weights?: Readonly<Record<string, number>> | undefined
  readonly bands?: Readonly<Record<string, number>> | undefined
  readonly min_coverage?: number | undefined
}

export type RawCondition =
  | { readonly all: readonly RawCondition[] }
  | { readonly any: readonly RawCondition[] }
  | { readonly not: RawCondition }
  | RawClause

export interface RawClause {
  readonly score?: true | undefined
  readonly score_change?: string | undefined
  readonly measure?: string | undefined
  readonly component?: string | undefined
  readonly attribute?: string | undefined
  readonly days_until?: string | undefined
  readonly band?: string | undefined
  readonly alert?: string | undefined
  readonly at_least?: number | undefined
  readonly at_most?: number | undefined
  readonly above?: number | undefined
  readonly below?: number | undefined
  readonly is?: string | undefined
  readonly is_not?: string | undefined
  readonly one_of?: readonly string[] | undefined
  readonly held_for?: string | undefined
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
  readonly openAlerts?: readonly string[] | undefined
  /** Signals of everybody else: they tell whether a metric is connected. */
  readonly others?: readonly SignalVersion[] | undefined
}

export const DAY = 24 * 60 * 60 * 1000

/** `30d` in milliseconds. */
export function duration(text: string): number {
  const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY }
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? Number.NaN)
}
