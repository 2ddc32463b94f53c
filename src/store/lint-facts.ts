import type { Instant } from '../domain/instant.ts'
import type { Connection } from './database.ts'

/** What a database holds at all, seen from afar. */
export type StoredFacts = {
  /** The metrics of which any signal is stored. */
  readonly metrics: ReadonlySet<string>
  /** The attributes that any account has now. */
  readonly attributes: ReadonlySet<string>
  /** When each day that has stored scores was scored, oldest first. */
  readonly scoredAt: readonly Instant[]
}

export async function readStoredFacts({ db }: Connection): Promise<StoredFacts> {
  const metrics = await db
    .selectFrom('metrics')
    .select('name')
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('series').select('series.metric').whereRef('series.metric', '=', 'metrics.key')),
    )
    .execute()
  const attributes = await db
    .selectFrom('account_attributes')
    .select('attribute')
    .distinct()
    .where('value', 'is not', null)
    .execute()
  const days = await db
    .selectFrom('scores')
    .select(({ fn }) => ['day', fn.max('at').as('at')])
    .groupBy('day')
    .orderBy('day')
    .execute()
  return {
    metrics: new Set(metrics.map(({ name }) => name)),
    attributes: new Set(attributes.map(({ attribute }) => attribute)),
    scoredAt: days.map(({ at }) => at),
  }
}
