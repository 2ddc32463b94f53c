import { afterEach, beforeEach, expect, it } from 'vitest'
import { foldSpelling } from '../../src/domain/accounts/name-fold.ts'
import { accountNameIndex, accountsCalled } from '../../src/store/accounts/account-names.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { forgetAccount } from '../../src/store/privacy/forget-account.ts'
import { openTestDatabase } from '../support/test-database.ts'

const NOW = 1_000
let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
  await save(['a1', 'Umbrella'], ['a2', 'Globex'])
})
afterEach(() => connection.close())

const save = (...rows: [id: string, name: string][]) =>
  saveAccounts(
    connection.db,
    rows.map(([id, name]) => ({ id, name, attributes: new Map() })),
    NOW,
  )
const search = async (text: string) =>
  (await accountNameIndex(connection, NOW))(foldSpelling(text), 5).map(({ item }) => item.name)

it('finds what was added, renamed or deleted after the first search, at the same moment', async () => {
  expect(await search('umbrelka')).toEqual(['Umbrella'])

  await save(['a3', 'Initech'])
  expect(await search('intech')).toEqual(['Initech'])

  await save(['a1', 'Wayne Enterprises'])
  expect(await search('wayne entreprises')).toEqual(['Wayne Enterprises'])
  expect(await search('umbrelka')).toEqual([])

  const [last] = await accountsCalled(connection, 'Initech', 2)
  await forgetAccount(connection.db, last ?? { key: 0, id: '', name: '' }, { at: NOW, by: 'ana@ours.example' })
  await save(['a4', 'Hooli'])
  expect(await search('intech')).toEqual([])
  expect(await search('holi')).toEqual(['Hooli'])
})

it('takes the account with an id before those with such a name', async () => {
  await save(['globex', 'Another one'])

  expect((await accountsCalled(connection, 'globex', 5)).map(({ id }) => id)).toEqual(['globex'])
  expect((await accountsCalled(connection, ' GLOBEX ', 5)).map(({ id }) => id)).toEqual(['a2'])
})
