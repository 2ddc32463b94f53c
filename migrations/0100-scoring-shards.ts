import type { Kysely } from 'kysely'
import { typesOf } from './types.ts'

export async function scoringShards(db: Kysely<any>): Promise<void> {
  const { instant, everGrowing, clustered } = typesOf(db)
  // The scoring that several instances are at, if there is one. No number comes twice: what was claimed for an earlier
  // one is of no use for a later one.
  await db.schema
    .createTable('scoring_runs')
    .addColumn('key', 'integer', everGrowing)
    .addColumn('at', instant, column => column.notNull())
    .addColumn('purpose', 'text', column => column.notNull())
    .addColumn('accounts', 'text', column => column.notNull())
    .addColumn('settings', 'text', column => column.notNull())
    .addColumn('facts', 'text', column => column.notNull())
    .execute()
  // Its parts that are done. Those that are left are claims of the kind "shard".
  await db.schema
    .createTable('scoring_shards')
    .addColumn('run', 'integer', column => column.notNull())
    .addColumn('block', 'integer', column => column.notNull())
    .addColumn('scored', 'integer', column => column.notNull())
    .addColumn('transitions', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('scoring_shards_key', ['run', 'block'])
    .modifyEnd(clustered)
    .execute()
}
