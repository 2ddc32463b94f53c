import { sql } from 'kysely'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'
import { isFree } from './claims.ts'

/** What an instance could take up. */
export type Unfinished = {
  /** Claims that lapsed without being released and that nobody has taken since. */
  readonly lapsed: readonly string[]
  readonly isScoringOpen: boolean
}

/** What other instances left behind or would share: the only question of an idle instance, once a second. */
export async function findUnfinished(db: Db): Promise<Unfinished> {
  const found = await unfinished(db)
  return {
    lapsed: found.flatMap(({ kind, name, epoch }) => (kind === RUN ? [] : [`${kind} ${name} ${epoch}`])),
    isScoringOpen: found.some(({ kind }) => kind === RUN),
  }
}

const RUN = 'run'

const unfinished = compiledOnce(db => {
  const lapsed = db.selectFrom('claims').select(['kind', 'name', 'epoch']).where('holder', 'is not', null)
  const runs = db
    .selectFrom('scoring_runs')
    .select([sql<string>`${sql.lit(RUN)}`.as('kind'), sql<string>`''`.as('name'), sql<number>`0`.as('epoch')])
  return lapsed.where(isFree(db)).unionAll(runs)
})
