import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Outcome } from '../../src/domain/outcomes/outcome.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { listOutcomes, removeOutcomes, saveOutcomes } from '../../src/store/outcomes/outcomes.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection
let acme: number

beforeEach(async () => {
  connection = await openTestDatabase()
  await saveAccounts(connection.db, [{ id: 'acme', attributes: new Map() }], 0)
  acme = (await findAccountKeys(connection.db)).get('acme') ?? 0
})

afterEach(() => connection.close())

const churn = (): Outcome => ({
  account: acme,
  kind: 'churned',
  on: '2025-05-01',
  arr: 1200.5,
  reasonCode: 'price',
  note: 'Too dear',
  source: 'csv',
  recordedAt: 5,
})

it('gives back what was saved, and says what was new', async () => {
  const renewal: Outcome = { account: acme, kind: 'renewed', on: '2025-05-01', source: 'api', recordedAt: 6 }

  const first = await saveOutcomes(connection.db, [churn(), renewal])
  const again = await saveOutcomes(connection.db, [churn(), { ...renewal, note: 'late' }])

  expect(first).toEqual({ added: 2, changed: 0, unchanged: 0 })
  expect(again).toEqual({ added: 0, changed: 1, unchanged: 1 })
  expect(await listOutcomes(connection.db)).toEqual([churn(), { ...renewal, note: 'late' }])
})

it('takes back what was recorded of an account on a day', async () => {
  await saveOutcomes(connection.db, [churn()])

  expect(await removeOutcomes(connection.db, acme, '2025-05-01')).toBe(true)
  expect(await removeOutcomes(connection.db, acme, '2025-05-01')).toBe(false)
  expect(await listOutcomes(connection.db, acme)).toEqual([])
})
