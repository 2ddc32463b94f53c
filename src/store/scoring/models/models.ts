import type { Model } from '../../../domain/model/model.ts'
import type { ModelUse } from '../../../domain/model/model-use.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { Db } from '../../tables.ts'

/** The key of a model's version, by which scores refer to it; created at its first use. */
export async function modelKey(db: Db, { name, version }: Model, now: Instant): Promise<number> {
  const stored = db.selectFrom('models').select('key').where('version', '=', version)
  const known = await stored.executeTakeFirst()
  if (known !== undefined) return known.key
  await db
    .insertInto('models')
    .values({ name, version, first_used_at: now })
    .onConflict(conflict => conflict.column('version').doNothing())
    .execute()
  return (await stored.executeTakeFirstOrThrow()).key
}

/** The versions that scored since an instant, oldest first; the first of them was in use by then. */
export async function modelsUsedSince(db: Db, since: Instant): Promise<ModelUse[]> {
  const rows = await db
    .selectFrom('models')
    .select(['name', 'version', 'first_used_at as since'])
    .orderBy('first_used_at')
    .orderBy('key')
    .execute()
  return rows.slice(
    Math.max(
      0,
      rows.findLastIndex(use => use.since <= since),
    ),
  )
}
