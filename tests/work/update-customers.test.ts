import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import type { Db } from '../../src/store/tables.ts'
import { updateCustomers } from '../../src/work/accounts/update-customers.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const { customers } = loadSettings(undefined).routes
const named = (id: string, lifecycle?: string) => ({ id, attributes: new Map([['lifecycle', lifecycle]]) })

type Lifecycles = readonly (string | undefined)[]
const all = (of: Lifecycles) => of.map((lifecycle, at) => named(`account-${at}`, lifecycle))
const churned = (of: Lifecycles) =>
  of.flatMap((lifecycle, at) => (lifecycle === 'churned' ? `account-${at}` : [])).sort()

async function retired(db: Db): Promise<string[]> {
  const accounts = db.selectFrom('retired_accounts').innerJoin('accounts', 'accounts.key', 'retired_accounts.account')
  return (await accounts.select('accounts.id').orderBy('accounts.id').execute()).map(({ id }) => id)
}

it('waits for no writer where everybody stays what they are', async () => {
  const folder = mkdtempSync(join(temporaryFolder(), 'rounds-'))
  const file = join(folder, 'rounds.db')
  const connection = openDatabase(`sqlite:${file}`, { timeout: 0 })
  await migrate(connection)
  await saveAccounts(connection.db, [named('acme', 'churned'), named('globex', 'live')], 100)
  await updateCustomers(connection.db, customers, 200)
  const other = new Sqlite(file)
  other.exec('begin immediate')

  await updateCustomers(connection.db, customers, 300)
  await updateCustomers(connection.db, customers, 300, [1, 2])

  expect(await retired(connection.db)).toEqual(['acme'])
  other.close()
  await connection.close()
  rmSync(folder, { recursive: true })
})

it('retires those of any portfolio whom the condition leaves out, however many they are', async () => {
  const lifecycles = fc.array(fc.constantFrom('live', 'churned', undefined), { minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(lifecycles, lifecycles, async (before, after) => {
      const { db, close } = await migratedDatabase()
      await saveAccounts(db, all(before), 100)
      await updateCustomers(db, customers, 200)
      expect(await retired(db)).toEqual(churned(before))

      await saveAccounts(db, all(after), 300)
      await updateCustomers(db, customers, 400)
      expect(await retired(db)).toEqual(churned([...after, ...before.slice(after.length)]))
      await close()
    }),
    { numRuns: 15 },
  )
})
