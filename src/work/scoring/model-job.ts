import type { Context } from '../../context.ts'
import type { Claim } from '../../store/claims/claims.ts'
import { SCORING } from '../../store/scoring/shared-runs.ts'
import { runAlone } from '../schedule/run-alone.ts'
import { modelInUse, recordAdoption } from './adopt-model.ts'
import type { Scorer } from './score-job.ts'

/**
 * Puts a model that the settings hold since the last tick into use: gives every account its new, silent baseline, and
 * records who did it. What the new model makes of them is told by the next digest, once; no alert is raised. A scoring
 * that fails or is cut short leaves nothing recorded, so that the next tick does it again.
 */
export async function useNewModel(context: Context, score: Scorer, operator: string, holder: string): Promise<void> {
  const { connection, settings, clock, log } = context
  const { db } = connection
  const current = settings
  const { model, routes } = current
  const before = await modelInUse(db, current)
  if (before === 'this') return
  if (before === 'none') return recordAdoption(db, current, clock(), operator)
  const at = clock()
  const rescore = (claim: Claim) => score({ model, routes, at, accounts: 'all', purpose: 'now', claim })
  const done = await runAlone(db, { kind: 'job', name: SCORING, holder }, 0, rescore)
  if (done === undefined) return
  await recordAdoption(db, current, at, operator)
  log.info({ model: model.name, version: model.version, scored: done.result, operator }, 'a new model is in use')
}
