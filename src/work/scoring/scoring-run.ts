import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import type { Claim } from '../../store/claims/claims.ts'

export type ScoringRun = {
  readonly model: Model
  readonly at: Instant
  /** Makes the ids of new alerts. */
  readonly newId: () => string
  /** Which accounts: every one, those with news since they were last scored, or those whose slot nothing settled. */
  readonly accounts: 'all' | 'due' | 'unsettled'
  /**
   * `slot`: the scheduled scoring, which settles the day whatever was scored before it. `now`: the numbers of this
   * moment, which settle nothing but an account's very first scoring. Both say what changed.
   */
  readonly purpose: 'slot' | 'now'
  /** Who works when: without it no playbook starts. */
  readonly routes?: Routes
  /** The exclusive claim on this run, renewed with every write. */
  readonly claim?: Claim
}
