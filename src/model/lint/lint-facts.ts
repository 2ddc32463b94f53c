import type { AlertKind } from '../../domain/alerts/alert-kind.ts'

/** What a database knows that a model can be held against. */
export type LintFacts = {
  /** The metrics of which any signal is stored. */
  readonly metrics: ReadonlySet<string>
  /** The attributes that any account has. */
  readonly attributes: ReadonlySet<string>
  /** How many days have stored scores. */
  readonly days: number
  /** Once the days are enough to say "never". */
  readonly fired?: Fired
}

/** What of a model had any effect on the stored days. */
export type Fired = {
  /** The components, and `cap`, that were a top driver. */
  readonly drivers: ReadonlySet<string>
  /** The caps that held, by their place in the file. */
  readonly caps: ReadonlySet<number>
  readonly alerts: ReadonlySet<AlertKind>
  readonly expansion: boolean
}

/** With fewer days "never" says nothing. */
export const DAYS_TO_SAY_NEVER = 30
