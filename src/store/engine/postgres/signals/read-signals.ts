import { sql } from 'kysely'
import type { Signal } from '../../../../domain/sources/signal.ts'
import type { Instant } from '../../../../domain/time/instant.ts'
import type { Db } from '../../../tables.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../signals/signal-times.ts'
import { weekOf } from '../../signals/week.ts'

/** An account's current signals up to an instant: one seek for each week since its first. */
export async function readSignals(db: Db, account: number, until: Instant): Promise<Signal[]> {
  const span = await db
    .selectFrom('series')
    .select(({ fn }) => [fn.min('first_at').as('first'), fn.max('newest_at').as('newest')])
    .where('account', '=', account)
    .executeTakeFirst()
  if (span === undefined || span.first === null || span.newest === null) return []
  const { rows } = await sql<Signal>`
    select metrics.name as metric, value, ${sql.raw(OBSERVED_AT)} as "observedAt", ${sql.raw(RECEIVED_AT)} as "receivedAt",
      id, sources.name as source
    from signals join metrics on metrics.key = metric join sources on sources.key = source
    where week = any(${weeks(weekOf(span.first), weekOf(Math.min(until, span.newest)))}::int4[]) and account = ${account}
      and ${sql.raw(OBSERVED_AT)} <= ${until}
    order by week, metric, time_in_week, id`.execute(db)
  return rows
}

/** The key begins with the week: named one by one, each is a seek. */
export function weeks(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}

/** What later corrections replaced. */
export async function readEarlierVersions(db: Db, account: number, until: Instant): Promise<Signal[]> {
  return db
    .selectFrom('signal_versions')
    .innerJoin('metrics', 'metrics.key', 'signal_versions.metric')
    .innerJoin('sources', 'sources.key', 'signal_versions.source')
    .select([
      'metrics.name as metric',
      'value',
      'observed_at as observedAt',
      'received_at as receivedAt',
      'id',
      'sources.name as source',
    ])
    .where('account', '=', account)
    .where('observed_at', '<=', until)
    .orderBy('version')
    .execute()
}
