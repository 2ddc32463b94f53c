import { expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts.ts'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { readPortfolio } from '../../src/store/portfolio.ts'

const account = (owner: string | undefined) => [{ id: 'acme', name: 'Acme', attributes: new Map([['owner', owner]]) }]

it.each([
  ['the first value, before anything was known', 50, 'ana@ours.example'],
  ['the value of that time', 150, 'ana@ours.example'],
  ['the newest value from its instant on', 200, 'ben@ours.example'],
  ['nothing, once the value was cleared', 300, undefined],
])('shows %s', async (_, at, owner) => {
  const connection = openDatabase('sqlite::memory:')
  await migrate(connection)
  await saveAccounts(connection.db, account('ana@ours.example'), 100)
  await saveAccounts(connection.db, account('ben@ours.example'), 200)
  await saveAccounts(connection.db, account(undefined), 300)

  const [line] = await readPortfolio(connection.db, at)

  expect(line?.owner).toBe(owner)
  await connection.close()
})
