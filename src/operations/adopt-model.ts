import type { Instant } from '../domain/instant.ts'
import type { Settings } from '../model/settings.ts'
import { inTransaction } from '../store/database.ts'
import { addActivation, lastActivationOrNone } from '../store/model-activations.ts'
import type { Db } from '../store/tables.ts'

/** Records that the model of the settings is in use now, unless it was already; says whether another one was before. */
export function adoptModel(
  db: Db,
  { model, modelText }: Settings,
  at: Instant,
  by: string,
): Promise<'same' | 'first' | 'replaced'> {
  return inTransaction(db, async db => {
    const last = await lastActivationOrNone(db)
    if (last?.version === model.version) return 'same'
    await addActivation(db, model, modelText, at, by)
    return last === undefined ? 'first' : 'replaced'
  })
}
