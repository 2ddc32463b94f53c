import { idleComponents } from '../../domain/outcomes/review.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { type BacktestReport, type BacktestRun, backtest } from './backtest.ts'
import { refitChances } from './fit-chances.ts'
import { type TrustReport, type TrustRun, trust } from './trust.ts'

type Asked<Run> = Omit<Run, 'begin' | 'advance'>

/** A backtest without its single cases: nobody shows them in chat. */
export type StudiedBacktest = Omit<BacktestReport, 'cases'> & {
  /** The components that told nothing of what happened. */
  readonly idleComponents: readonly string[]
}

/** What looks back over every outcome, done where nobody has to wait for it. */
export type Study = {
  backtest(run: Asked<BacktestRun>): Promise<StudiedBacktest>
  trust(run: Asked<TrustRun>): Promise<TrustReport>
  /** What a score is worth, worked out anew after each scoring. */
  refit(run: Asked<TrustRun>): Promise<void>
}

export function studyOn(connection: Connection): Study {
  return {
    async backtest(run) {
      const { cases, ...report } = await backtest(connection, run)
      return { ...report, idleComponents: idleComponents(run.model, cases) }
    },
    trust: run => trust(connection, run),
    async refit(run) {
      await refitChances(connection, run)
    },
  }
}
