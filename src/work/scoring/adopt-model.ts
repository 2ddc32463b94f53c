import type { Instant } from '../../domain/time/instant.ts'
import type { Settings } from '../../model/settings.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addActivation, lastActivationOrNone } from '../../store/scoring/models/model-activations.ts'
import type { Db } from '../../store/tables.ts'

/** What was in use until now: the model of the settings, another one, or none yet. */
export async function modelInUse(db: Db, { model }: Settings): Promise<'this' | 'another' | 'none'> {
  const last = await lastActivationOrNone(db)
  if (last === undefined) return 'none'
  return last.version === model.version ? 'this' : 'another'
}

/** Records that the model of the settings is in use now, unless it was already. */
export function recordAdoption(db: Db, { model, modelText }: Settings, at: Instant, by: string): Promise<void> {
  return inTransaction(db, async db => {
    const last = await lastActivationOrNone(db)
    if (last?.version !== model.version) await addActivation(db, model, modelText, at, by)
  })
}
