import { idleComponents } from '../../domain/outcomes/review.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { type BacktestReport, type BacktestRun, backtest } from './backtest.ts'
import { refitChances } from './fit-chances.ts'
import { type TrustReport, type TrustRun, trust } from './trust.ts'
import { cancelable, type Watch } from './watch.ts'

/** A backtest without its single cases: nobody shows them in chat. */
export type StudiedBacktest = Omit<BacktestReport, 'cases'> & {
  /** The components that told nothing of what happened. */
  readonly idleComponents: readonly string[]
}

/** Studies of all outcomes, off the event loop. */
export type Study = {
  backtest(run: BacktestRun, watch?: Watch): Promise<StudiedBacktest>
  trust(run: TrustRun, watch?: Watch): Promise<TrustReport>
  /** Cancels the study with that id; false if there is none. */
  cancel(id: string): boolean
  /** What a score is worth, recomputed after each scoring. */
  refit(run: TrustRun): Promise<void>
}

export function studyOn(connection: Connection): Study {
  const { run: watched, cancel } = cancelable()
  return {
    backtest: (run, watch = {}) =>
      watched(watch, async watched => {
        const { cases, ...report } = await backtest(connection, run, watched)
        return { ...report, idleComponents: idleComponents(run.model, cases) }
      }),
    trust: (run, watch = {}) => watched(watch, watched => trust(connection, run, watched)),
    cancel,
    async refit(run) {
      await refitChances(connection, run)
    },
  }
}
