import type { Context } from '../context.ts'
import { adoptModel } from '../operations/adopt-model.ts'
import type { Scorer } from './score-job.ts'

/**
 * Puts a model that the settings hold since the last look into use: records who did, and gives every account its new,
 * silent baseline. What the new model makes of them is told by the next digest, once; no alert is raised.
 */
export async function useNewModel(context: Context, score: Scorer, operator: string): Promise<void> {
  const { connection, settings, clock, log } = context
  const { model } = settings()
  const now = clock()
  if ((await adoptModel(connection.db, settings(), now, operator)) !== 'replaced') return
  const scored = await score({ model, at: now, accounts: 'all', purpose: 'now' })
  log.info({ model: model.name, version: model.version, scored, operator }, 'a new model is in use')
}
