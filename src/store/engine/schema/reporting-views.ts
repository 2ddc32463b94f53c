import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { inSchemaTransaction } from '../transaction.ts'

/**
 * Views that dashboards and BI tools can rely on even if the tables change. Instants are milliseconds since 1970, UTC.
 * They hold nothing confidential, since a view does not know who reads it.
 */
export const REPORTING_VIEWS: Readonly<Record<string, string>> = {
  v_account_health: `
    select accounts.id as account_id, accounts.name as account_name,
      ${newest('segment')} as segment, ${newest('owner')} as owner,
      cast(${newest('arr')} as double precision) as arr, ${newest('renewal_on')} as renewal_on,
      shown, verdict, role, change_30d, coverage, expansion_ready, reason, at as scored_at_ms,
      case when exists (select 1 from retired_accounts where retired_accounts.account = accounts.key) then 0 else 1 end
        as is_customer
    from accounts left join current_status on current_status.account = accounts.key`,
  v_score_history: `
    select accounts.id as account_id, accounts.name as account_name, day, shown, band, verdict, coverage, segment,
      expansion_ready, models.name as model, models.version as model_version
    from scores
    join accounts on accounts.key = scores.account
    join models on models.key = scores.model`,
  v_alerts: `
    select alerts.id, accounts.id as account_id, accounts.name as account_name, kind, state, reason, driver,
      opened_at as opened_at_ms, claimed_by, claimed_at as claimed_at_ms,
      resolved_by, resolved_at as resolved_at_ms, resolution
    from alerts join accounts on accounts.key = alerts.account
    where kind <> 'pulse_divergence'`,
}

function newest(attribute: string): string {
  return `(select value from account_attributes
    where account_attributes.account = accounts.key and attribute = '${attribute}'
    order by known_from desc limit 1)`
}

const MARK = 'reporting_views'
const STAMP = createHash('sha256').update(JSON.stringify(REPORTING_VIEWS)).digest('hex')

// biome-ignore lint/suspicious/noExplicitAny: `Tables` has no views
type AnyDb = Kysely<any>

/** Drops the views, so that migrations can rebuild the tables that they read. */
export async function forgetReportingViews(db: AnyDb): Promise<void> {
  await inSchemaTransaction(db, async (db: AnyDb) => {
    await dropViews(db)
    await db.deleteFrom('meta').where('name', '=', MARK).execute()
  })
}

async function dropViews(db: AnyDb): Promise<void> {
  for (const name of Object.keys(REPORTING_VIEWS)) await db.schema.dropView(name).ifExists().execute()
}

/** Makes sure that the views exist as this version defines them. */
export async function keepReportingViews(db: AnyDb): Promise<void> {
  if ((await stampOf(db)) === STAMP) return
  await inSchemaTransaction(db, async (db: AnyDb) => {
    if ((await stampOf(db)) === STAMP) return
    await dropViews(db)
    for (const [name, query] of Object.entries(REPORTING_VIEWS)) {
      await sql`create view ${sql.ref(name)} as ${sql.raw(query)}`.execute(db)
    }
    await db.deleteFrom('meta').where('name', '=', MARK).execute()
    await db.insertInto('meta').values({ name: MARK, value: STAMP }).execute()
  })
}

async function stampOf(db: AnyDb): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', MARK).executeTakeFirst()
  return row?.value
}
