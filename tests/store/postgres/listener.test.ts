import { afterEach, beforeEach, expect, it } from 'vitest'
import { addMessage, changeMessagesAbout } from '../../../src/store/delivery/outbox.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { inTransaction } from '../../../src/store/engine/transaction.ts'
import { noticeCard } from '../../../src/views/parts/answer-cards.ts'
import { named } from '../../support/named-message.ts'
import { soon } from '../../support/soon.ts'
import { createPostgres, onServer } from '../../support/test-database.ts'

/** Two instances: one hears what the other puts into the outbox. */
let url: string
let hearing: Connection
let other: Connection
let wakes: number
let ends: (() => Promise<void>)[]

beforeEach(async () => {
  const database = await createPostgres()
  url = database.url
  ;[hearing, other] = [openDatabase(url), openDatabase(url)]
  wakes = 0
  const heard = hearing.engine.listenToOutbox(() => {
    wakes += 1
  })
  ends = [heard.end, hearing.close, other.close, database.remove]
  // It looks once when it is connected.
  await soon(() => expect(wakes).toBe(1))
})
afterEach(async () => {
  for (const end of ends) await end()
})

const message = (name: string) => ({
  ...named(name),
  to: { platform: 'slack', channel: 'C1' },
  card: noticeCard(name, name),
  alerts: [],
  at: 0,
})

it('a sender is woken once what another instance wrote is committed, and not before', async () => {
  await inTransaction(other.db, async db => {
    await addMessage(db, message('one'))
    await addMessage(db, message('two'))
    await hearing.db.selectFrom('outbox').select('id').execute()
    expect(wakes).toBe(1)
  })

  await soon(() => expect(wakes).toBe(2))
})

it('a card that changes wakes it too; what a sender writes itself does not', async () => {
  await addMessage(other.db, message('one'))
  await soon(() => expect(wakes).toBe(2))
  for (const state of ['sending', 'pending', 'sending', 'sent'])
    await other.db.updateTable('outbox').set({ state }).execute()
  await changeMessagesAbout(other.db, message('one').subject, () => noticeCard('one', 'changed'))

  await soon(() => expect(wakes).toBeGreaterThan(2))
  expect(wakes).toBe(3)
})

it('a connection that breaks is made again, and what came meanwhile is looked for', async () => {
  await onServer(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'rounds listens' and datname = current_database()`,
  )
  await soon(() => expect(wakes).toBe(2))

  await addMessage(other.db, message('one'))

  await soon(() => expect(wakes).toBe(3))
})

it('says nothing is amiss where it hears', async () => {
  expect(await hearing.engine.notes()).toEqual([])
})
