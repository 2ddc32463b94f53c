import { ALERT_KINDS, type AlertKind } from '../../domain/alerts/alert-kind.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** What a database holds, in outline. */
export type StoredFacts = {
  /** The metrics of which any signal is stored. */
  readonly metrics: ReadonlySet<string>
  /** The attributes that any account has, or had. */
  readonly attributes: ReadonlySet<string>
  /** When each day that has stored scores was scored, oldest first. */
  readonly scoredAt: readonly Instant[]
  /** The components, and `cap`, that changes of verdict were attributed to. */
  readonly drivers: ReadonlySet<string>
  /** The kinds of alert that were ever opened. */
  readonly alerts: ReadonlySet<AlertKind>
  /** Whether the rule for expansion ever held at a scoring. */
  readonly expansionHeld: boolean
}

export async function readStoredFacts(db: Db): Promise<StoredFacts> {
  const drivers = await db.selectFrom('transitions').select('driver').distinct().execute()
  const alerts = await db.selectFrom('alerts').select('kind').distinct().execute()
  const held = await db.selectFrom('scores').select('day').where('expansion_held', '=', 1).limit(1).executeTakeFirst()
  const opened = new Set(alerts.map(({ kind }) => kind))
  return {
    metrics: await metricsWithSignals(db),
    attributes: await attributesWithValues(db),
    scoredAt: await scoredDays(db),
    drivers: new Set(drivers.flatMap(({ driver }) => driver ?? [])),
    alerts: new Set(ALERT_KINDS.filter(kind => opened.has(kind))),
    expansionHeld: held !== undefined,
  }
}

export async function metricsWithSignals(db: Db): Promise<Set<string>> {
  const used = db.selectFrom('series').select('metric')
  const rows = await db.selectFrom('metrics').select('name').where('key', 'in', used).execute()
  return new Set(rows.map(({ name }) => name))
}

async function attributesWithValues(db: Db): Promise<Set<string>> {
  const values = db.selectFrom('account_attributes').where('value', 'is not', null)
  const rows = await values.select('attribute').distinct().execute()
  return new Set(rows.map(({ attribute }) => attribute))
}

async function scoredDays(db: Db): Promise<Instant[]> {
  const newest = db.selectFrom('scores').select(({ fn }) => ['day', fn.max('at').as('at')])
  const rows = await newest.groupBy('day').orderBy('day').execute()
  return rows.map(({ at }) => at)
}
