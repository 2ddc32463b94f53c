import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { openTestDatabase } from '../support/test-database.ts'

it('scores the accounts with news, wherever they lie among the others', async () => {
  const at = Date.UTC(2026, 10, 1, 6)
  const connection = await openTestDatabase()
  const names = ['first', 'second', 'third', 'fourth', 'fifth']
  await saveAccounts(
    connection.db,
    names.map(id => ({ id, name: id, attributes: new Map() })),
    at - HOUR,
  )
  const { model } = loadSettings(undefined)
  const run = { model, newId: randomUUID }
  await scoreAccounts(connection, { ...run, at, accounts: 'all', purpose: 'slot' })
  const news = { metric: 'csat', value: 5, observedAt: at, receivedAt: at, id: '', source: 'test' }
  await addSignals(connection, [
    { account: 1, ...news },
    { account: 5, ...news },
  ])

  const { scored } = await scoreAccounts(connection, { ...run, at: at + HOUR, accounts: 'due', purpose: 'now' })

  expect(scored).toBe(2)
  await connection.close()
})
