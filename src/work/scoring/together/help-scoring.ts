import type { Runtime } from '../../../context.ts'
import type { Connection } from '../../../store/engine/engine.ts'
import { openRunOrNone } from '../../../store/scoring/shared-runs.ts'
import { NEVER, type Repeating, repeating } from '../../schedule/repeating.ts'
import { passOf } from '../score-batch.ts'
import type { ScoringRun } from '../scoring-run.ts'
import { scoreShards } from './score-shards.ts'
import { settingsMark } from './settings-mark.ts'

/** Milliseconds for which a scoring is helped before the next check of what it needs. */
const TURN = 1_000

/** The helping instance and its settings: it cannot help with a run that began with other settings. */
export type Help = Pick<ScoringRun, 'model' | 'routes'> & { readonly holder: string }

/** Takes shards of a scoring that another instance began; returns how many it scored. */
export async function helpToScore(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  { model, routes, holder, newId }: Help & Pick<ScoringRun, 'newId'>,
): Promise<number> {
  const open = await openRunOrNone(db)
  if (open === undefined || open.settings !== settingsMark(model, routes)) return 0
  const { at, purpose, accounts, key, facts } = open
  const pass = passOf({ ...{ model, at, purpose, accounts, newId }, ...(routes && { routes }) }, facts)
  return scoreShards({ db, engine }, pass, { run: key, holder, until: performance.now() + TURN })
}

/** Helps with the scoring that is open, when woken. */
export function helpScoring(
  { connection: { db }, instance, readSettings, log }: Runtime,
  help: (asked: Help) => Promise<number>,
): Repeating {
  const helping = repeating(log, 'help scoring', NEVER, async () => {
    const { model, routes } = await readSettings(db)
    const shards = await help({ model, routes, holder: instance })
    if (shards === 0) return
    log.info({ shards }, 'helped to score')
    helping.wake()
  })
  return helping
}
