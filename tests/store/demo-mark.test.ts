import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import { holdsOnlyDemo, markDemo, markDemoBegun } from '../../src/store/demo/demo-mark.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { migratedDatabase } from '../support/migrated.ts'

let connection: Connection

beforeEach(async () => {
  connection = await migratedDatabase()
})

afterEach(() => connection.close())

const addAccount = (id: string) => saveAccounts(connection.db, [{ id, name: id, attributes: new Map() }], 0)

it('a demo that was interrupted may be replaced', async () => {
  await markDemoBegun(connection.db)
  await addAccount('acme')

  expect(await holdsOnlyDemo(connection.db)).toBe(true)
})

it('a demo that was interrupted is kept once somebody imported a file', async () => {
  await markDemoBegun(connection.db)
  await recordAudit(connection.db, { at: 0, who: 'ann', act: 'import.accounts', subject: 'accounts.csv' })
  expect(await holdsOnlyDemo(connection.db)).toBe(false)
})

it('a demo that was interrupted is kept once a program may send data', async () => {
  await markDemoBegun(connection.db)
  await createToken(connection.db, { name: 'crm', scopes: ['signals:write'], now: 0, randomBytes })

  expect(await holdsOnlyDemo(connection.db)).toBe(false)
})

it('a finished demo may be replaced until something is added', async () => {
  await addAccount('acme')
  await markDemo(connection.db)
  expect(await holdsOnlyDemo(connection.db)).toBe(true)

  await addAccount('globex')

  expect(await holdsOnlyDemo(connection.db)).toBe(false)
})
