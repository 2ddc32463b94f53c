import { expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { copyTables, refuseDifference } from '../../src/store/copy/copy-tables.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { openTestDatabase } from '../support/test-database.ts'

const NOON = Date.UTC(2026, 10, 1, 12)
const ACCOUNTS = 40

/** Seats, logins and answers of 60 days, more or fewer by account; every fourth falls in the last ten days. */
async function fill(connection: Connection): Promise<void> {
  const keys = Array.from({ length: ACCOUNTS }, (_, at) => at + 1)
  const attributes = new Map([
    ['segment', 'mid'],
    ['renewal_on', '2026-11-20'],
  ])
  const rows = keys.map(key => ({ id: `a${key}`, name: `Account ${key}`, attributes }))
  await saveAccounts(connection.db, rows, NOON - 90 * DAY)
  const days = Array.from({ length: 60 }, (_, day) => day)
  const signal = (account: number, metric: string, day: number, value: number) => {
    const observedAt = NOON - day * DAY
    return { account, metric, value, observedAt, receivedAt: observedAt, id: day % 7 === 0 ? '~2' : '', source: 'test' }
  }
  for (const key of keys) {
    const falls = (day: number) => key % 4 === 0 && day < 10
    const level = (day: number) => (falls(day) ? 0 : 30 + key + (day % 5))
    await addSignals(
      connection,
      days.flatMap(day => [
        signal(key, 'seats', day, 50),
        signal(key, 'logins', day, level(day)),
        signal(key, 'active_users', day, level(day) / 3),
        signal(key, 'key_feature_uses', day, level(day)),
        signal(key, 'escalations', day, falls(day) ? 3 : 0),
        ...(day % 9 === 0 ? [signal(key, 'nps', day, falls(day) ? 0 : 9)] : []),
      ]),
    )
  }
}

it('scores the same rows on both databases: scores, verdicts, transitions, alerts, tasks and the audit log', async () => {
  const [file, server] = [await migratedDatabase(), await openTestDatabase()]
  await fill(file)
  await copyTables(file.db, server.db, () => {})
  const { model, routes } = loadSettings(undefined)

  for (const connection of [file, server]) {
    for (const day of [-20, -12, -1, 0]) {
      let ids = 0
      const run = { model, routes, at: NOON + day * DAY, newId: () => `id-${day}-${++ids}` }
      await scoreAccounts(connection, { ...run, accounts: 'all', purpose: 'slot' })
    }
  }

  const tables = await refuseDifference(file.db, server.db)
  expect(tables.find(({ table }) => table === 'scores')?.rows).toBe(4 * ACCOUNTS)
  expect(tables.find(({ table }) => table === 'alerts')?.rows).toBeGreaterThan(0)
  await file.close()
  await server.close()
})
