import { expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { unresolvedAlertDetails } from '../../src/store/alerts/alert-details.ts'
import { preferenceOrNone } from '../../src/store/people/preferences.ts'
import { readTasks } from '../../src/store/playbooks/tasks.ts'
import { shownAttributes } from '../../src/store/portfolio/portfolio.ts'
import { recordStatusChanges } from '../../src/store/scoring/statuses/status-changes.ts'
import { openTestDatabase } from '../support/test-database.ts'

it('nobody is asked about no rows: not every database can answer that', async () => {
  const { db, close } = await openTestDatabase()

  expect(await saveAccounts(db, [], 0)).toMatchObject({ added: 0 })
  expect((await shownAttributes(db, 0, []))(1)).toEqual({})
  expect(await unresolvedAlertDetails(db, 0)).toEqual([])
  expect(await preferenceOrNone(db, 'platform', [])).toBeUndefined()
  expect(await readTasks(db, { ids: [] })).toEqual([])
  await recordStatusChanges(db, [], true)
  await close()
})
