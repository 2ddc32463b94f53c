import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import {
  forgetReportingViews,
  keepReportingViews,
  REPORTING_VIEWS,
} from '../../src/store/engine/schema/reporting-views.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection
// biome-ignore lint/suspicious/noExplicitAny: views are beside the tables
let db: Kysely<any>

beforeEach(async () => {
  connection = await openTestDatabase()
  db = connection.db
  await keepReportingViews(db)
})

afterEach(() => connection.close())

/** What `docs/dashboards.md` promises to those who build on it. */
const COLUMNS = {
  v_account_health: `account_id account_name segment owner arr renewal_on shown verdict role change_30d coverage
    expansion_ready reason scored_at_ms is_customer`,
  v_score_history: `account_id account_name day shown band verdict coverage segment expansion_ready model model_version`,
  v_alerts: `id account_id account_name kind state reason driver opened_at_ms claimed_by claimed_at_ms resolved_by
    resolved_at_ms resolution`,
}

describe('the views for dashboards', () => {
  it('have the columns that are promised', async () => {
    const attributes = new Map([
      ['owner', 'ana@example.com'],
      ['arr', '48000.5'],
    ])
    await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes }], 1_000)
    for (const [name, columns] of Object.entries(COLUMNS)) {
      await sql`select ${sql.raw(columns.trim().replace(/\s+/g, ', '))} from ${sql.ref(name)}`.execute(db)
    }

    const [line] = await db.selectFrom('v_account_health').selectAll().execute()
    expect(Object.keys(COLUMNS)).toEqual(Object.keys(REPORTING_VIEWS))
    expect(line).toMatchObject({
      account_id: 'acme',
      owner: 'ana@example.com',
      arr: 48_000.5,
      shown: null,
      is_customer: 1,
    })
  })

  it('never show what is confidential', async () => {
    await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 1_000)
    const alert = { account: 1, at: 2_000, reason: 'Because' }
    await openAlerts(connection.db, [
      { ...alert, id: 'open', kind: 'at_risk' },
      { ...alert, id: 'secret', kind: 'pulse_divergence' },
    ])

    expect(await db.selectFrom('v_alerts').select('id').execute()).toEqual([{ id: 'open' }])
  })

  it('give way to a migration and come back', async () => {
    await forgetReportingViews(db)
    await expect(db.selectFrom('v_alerts').selectAll().execute()).rejects.toThrow()

    await keepReportingViews(db)
    expect(await db.selectFrom('v_alerts').selectAll().execute()).toEqual([])
  })
})
