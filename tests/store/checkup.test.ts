import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import {
  countWaitingAccounts,
  readOverdueSchedules,
  readOwners,
  readStuckMessages,
} from '../../src/store/admin/checkup.ts'
import { readServiceCounts } from '../../src/store/admin/service-counts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { openTestDatabase } from '../support/test-database.ts'

const NOW = Date.parse('2026-11-02T08:00:00Z')

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

let messages = 0
function message(
  state: string,
  changes: { sent_at?: number; created_at?: number; fault?: string; head?: number } = {},
) {
  messages += 1
  return connection.db
    .insertInto('outbox')
    .values({
      subject: 'alert',
      subject_id: `a${messages}`,
      purpose: 'opened',
      number: 0,
      platform: 'chat',
      to_channel: '#cs',
      to_person: '',
      card: '{}',
      version: 1,
      shown_version: 0,
      state,
      tries: 0,
      not_before: NOW - DAY,
      created_at: NOW - DAY,
      ...changes,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

it('messages that should have been over are named with why, each kind once', async () => {
  await message('sent', { sent_at: NOW - DAY })
  await message('parked', { fault: 'not in the channel' })
  await message('parked', { fault: 'not in the channel' })
  await message('sending', { sent_at: NOW - DAY })
  await message('dead', { created_at: NOW - 8 * DAY })
  const { id } = await message('pending')
  await message('pending', { head: id })

  expect(await readStuckMessages(connection.db, NOW)).toMatchObject([
    { to: { platform: 'chat', channel: '#cs' }, state: 'parked', reason: 'not in the channel', count: 2 },
    { state: 'pending', count: 1 },
    { state: 'sending', count: 1 },
  ])
})

it('counts what waits, and names what is overdue and who owns what', async () => {
  const owned = { id: 'acme', name: 'Acme', attributes: new Map([['owner', ' Ana@x.com ']]) }
  await saveAccounts(connection.db, [owned, { id: 'zeta', name: 'Zeta', attributes: new Map() }], NOW - DAY)
  await saveSlotsSeen(connection.db, 'scoring', '0 6 * * *', NOW - HOUR)
  await saveSlotsSeen(connection.db, 'digest:cs', '0 9 * * *', NOW + HOUR)

  expect(await countWaitingAccounts(connection.db, NOW)).toBe(2)
  expect(await readOverdueSchedules(connection.db, NOW)).toEqual([{ schedule: 'scoring', dueAt: NOW - HOUR }])
  expect(await readOwners(connection.db)).toEqual([
    { account: 'acme', owner: 'ana@x.com' },
    { account: 'zeta', owner: null },
  ])
})

it('counts for those who watch the service are numbers, whatever the database', async () => {
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], NOW)
  await message('pending')

  expect(await readServiceCounts(connection.db, NOW)).toMatchObject({
    accounts: [{ band: 'unscored', count: 1 }],
    outbox: [{ platform: 'chat', state: 'pending', count: 1, age: DAY }],
  })
})
