import type { Context } from '../../context.ts'
import type { Claim } from '../../store/claims/claims.ts'
import { readDueAccounts } from '../../store/scoring/due-accounts.ts'
import { voidFutureScores } from '../../store/scoring/future-scores.ts'
import { SCORING } from '../../store/scoring/shared-runs.ts'
import { updateCustomers } from '../accounts/update-customers.ts'
import { runAlone } from '../schedule/run-alone.ts'
import type { Job } from '../schedule/schedule.ts'
import type { ScoringRun } from './scoring-run.ts'

/** Runs a scoring off the event loop; returns how many accounts were scored. */
export type Scorer = (run: Omit<ScoringRun, 'newId'>) => Promise<number>

/** The nightly scoring: it always catches up, once, however many slots were missed. */
export function scoreJob({ connection: { db }, settings, clock, log, study }: Context, score: Scorer): Job {
  const { model, routes } = settings
  return {
    name: SCORING,
    timing: routes.scoring,
    tooLate: () => undefined,
    run: async (slot, _isLate, claim) => {
      const now = clock()
      await updateCustomers(db, routes.customers, now)
      await voidFutureScores(db, now)
      const scored = await score({ model, routes, at: slot, accounts: 'all', purpose: 'slot', claim })
      log.info({ scored, slot }, 'portfolio scored')
      try {
        await study.refit({ model, scoring: routes.scoring, now: slot })
      } catch (error) {
        // The scores stand: they are not redone just because the chances failed.
        log.error({ err: error }, 'what a score is worth could not be worked out')
      }
      return undefined
    },
  }
}

/** Scores the accounts with news since they were last scored; while another process scores, they wait. */
export async function rescoreDue(
  { connection: { db }, settings, clock, log }: Context,
  score: Scorer,
  holder: string,
): Promise<void> {
  const due = await readDueAccounts(db)
  if (due.length === 0) return
  const { model, routes } = settings
  await voidFutureScores(db, clock())
  const rescore = (claim: Claim) => score({ model, routes, at: clock(), accounts: 'due', purpose: 'now', claim })
  const done = await runAlone(db, { kind: 'job', name: SCORING, holder }, 0, rescore)
  if (done !== undefined) log.info({ scored: done.result }, 'accounts with news scored')
}
