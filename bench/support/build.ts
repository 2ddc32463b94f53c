import { randomUUID } from 'node:crypto'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { listAccounts } from '../../src/store/accounts/account-list.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { modelKey } from '../../src/store/scoring/models/models.ts'
import { recordStatusChanges } from '../../src/store/scoring/statuses/status-changes.ts'
import { slices } from '../../src/store/slices.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { listedAccounts } from './accounts.ts'
import { dice } from './dice.ts'
import { MORNING, signalsByWeek } from './signals.ts'
import type { Size } from './size.ts'

/** Accounts with their attributes and signals; nothing is scored. */
export async function buildSignals(connection: Connection, size: Size): Promise<void> {
  await migrate(connection)
  // Nobody needs the file before it is whole.
  bareOf(connection).pragma('synchronous = OFF')
  await saveAccounts(connection.db, listedAccounts(size.accounts), MORNING - (size.days + 10) * DAY)
  for (const week of signalsByWeek(size)) {
    for (const part of slices(week, 100_000)) await addSignals(connection, part)
  }
}

/** Statuses as a scoring would leave them, made up: for what looks at no signals. */
export async function buildStatuses({ db }: Connection): Promise<void> {
  const { model } = loadSettings(undefined)
  const key = await modelKey(db, model, MORNING)
  const accounts = await listAccounts(db)
  const rows = accounts.map(({ key: account }) => statusOf(account, key))
  await recordStatusChanges(db, rows, true)
  for (const part of slices(rows)) await db.insertInto('current_status').values(part).execute()
  const day = dayOf(MORNING)
  const scores = rows.map(({ role: _, change_30d: __, reason: ___, verdict, ...row }) => ({
    ...{ ...row, verdict, day, origin: 'scheduled', band: verdict, segment: null, expansion_held: 0 },
  }))
  for (const part of slices(scores)) await db.insertInto('scores').values(part).execute()
  await db.deleteFrom('due_accounts').execute()
}

function statusOf(account: number, model: number) {
  const shown = Math.floor(101 * dice(account, 31))
  const [verdict, role] =
    shown < 40 ? ['at_risk', 'at_risk'] : shown < 70 ? ['attention', 'attention'] : ['healthy', 'healthy']
  return {
    ...{ account, model, at: MORNING, score: shown, shown, verdict, role, coverage: 1, reason: 'Logins fell' },
    ...{ has_sharp_drop: 0, expansion_ready: 0, change_30d: 20 * dice(account, 32) - 10, rules_held: '' },
  }
}

/** Scores, statuses and alerts of the morning, under the default model. */
export async function buildScored(connection: Connection): Promise<void> {
  const { model } = loadSettings(undefined)
  await scoreAccounts(connection, { model, at: MORNING, newId: randomUUID, accounts: 'all', purpose: 'slot' })
}

/** The same scores on so many days before. */
export function buildHistory(connection: Connection, days: number): void {
  const sqlite = bareOf(connection)
  const columns = (sqlite.pragma('table_info(scores)') as { name: string }[]).map(({ name }) => name)
  const earlier = columns.map(
    name => ({ day: `date(day, '-' || ago || ' days')`, at: `at - ago * ${DAY}` })[name] ?? name,
  )
  sqlite
    .prepare(
      `INSERT INTO scores (${columns.join(', ')})
       WITH RECURSIVE days(ago) AS (SELECT ${days} UNION ALL SELECT ago - 1 FROM days WHERE ago > 1)
       SELECT ${earlier.join(', ')} FROM days, scores`,
    )
    .run()
}
