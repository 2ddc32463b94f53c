import type { Model } from '../../../domain/model/model.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { Db } from '../../tables.ts'
import { modelKey } from './models.ts'

export type Activation = { readonly version: string; readonly at: Instant; readonly by: string }

/** The model that was put into use last. */
export async function lastActivationOrNone(db: Db): Promise<Activation | undefined> {
  return db
    .selectFrom('model_activations')
    .select(['version', 'at', 'by_whom as by'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Records who put a model into use, and keeps its file. */
export async function addActivation(db: Db, model: Model, content: string, at: Instant, by: string): Promise<void> {
  await modelKey(db, model, at)
  await db.updateTable('models').set({ content }).where('version', '=', model.version).execute()
  await db.insertInto('model_activations').values({ version: model.version, at, by_whom: by }).execute()
}
