import type { Context } from '../context.ts'
import type { ScoringRun } from '../operations/score.ts'
import { readDueAccounts } from '../store/due-accounts.ts'
import type { Job } from './schedule.ts'

/** Runs a scoring where it does not keep the event loop waiting; gives how many accounts were scored. */
export type Scorer = (run: Omit<ScoringRun, 'newId'>) => Promise<number>

/** The night's scoring: it always catches up, once, whatever was missed. */
export function scoreJob({ settings, log }: Context, score: Scorer): Job {
  const { model, routes } = settings()
  return {
    name: 'scoring',
    timing: routes.scoring,
    tooLate: () => undefined,
    run: async slot => {
      const scored = await score({ model, routes, at: slot, accounts: 'all', purpose: 'slot' })
      log.info({ scored, slot }, 'portfolio scored')
    },
  }
}

/** Scores the accounts with news since they were last scored. */
export async function rescoreDue({ connection, settings, clock, log }: Context, score: Scorer): Promise<void> {
  const due = await readDueAccounts(connection.db)
  if (due.length === 0) return
  const { model, routes } = settings()
  const scored = await score({ model, routes, at: clock(), accounts: 'due', purpose: 'news' })
  log.info({ scored }, 'accounts with news scored')
}
