import type { Db } from '../../tables.ts'

/** The file of the model that was in use before this version; undefined where there was none, or its file was not kept. */
export async function contentBefore(db: Db, version: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('model_activations')
    .innerJoin('models', 'models.version', 'model_activations.version')
    .select('models.content')
    .where('models.version', '!=', version)
    .orderBy('model_activations.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.content ?? undefined
}
