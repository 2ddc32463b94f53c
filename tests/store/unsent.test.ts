import { afterEach, beforeEach, expect, it } from 'vitest'
import { addMessage, changeMessagesAbout } from '../../src/store/delivery/outbox.ts'
import { isAnythingUnsent } from '../../src/store/delivery/unsent.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import { named } from '../support/named-message.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

const message = {
  ...named('one'),
  to: { platform: 'slack', channel: 'C1' },
  card: noticeCard('one', 'one'),
  alerts: [],
  at: 0,
}
const be = (state: string) => connection.db.updateTable('outbox').set({ state, shown_version: 1 }).execute()

it('nothing is owed while the outbox is empty', async () => {
  expect(await isAnythingUnsent(connection.db)).toBe(false)
})

it.each([
  ['is still to be posted', 'pending', true],
  ['is being sent, maybe by a process that is gone', 'sending', true],
  ['was sent without an answer', 'unknown', true],
  ['stands there as it should', 'sent', false],
  ['was given up', 'dead', false],
])('a message that %s', async (_, state, isOwed) => {
  await addMessage(connection.db, message)
  await be(state)

  expect(await isAnythingUnsent(connection.db)).toBe(isOwed)
})

it('a message that stands there is owed once its card has changed', async () => {
  await addMessage(connection.db, message)
  await be('sent')
  await changeMessagesAbout(connection.db, message.subject, () => noticeCard('one', 'changed'))

  expect(await isAnythingUnsent(connection.db)).toBe(true)
})
