import express from 'express'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CLOSED_DOOR } from '../../src/chat/door/closed-door.ts'
import type { ChatAdapter } from '../../src/chat/port.ts'
import { deliverPending } from '../../src/delivery/deliver.ts'
import { silentLog } from '../../src/log.ts'
import { chosenPlatforms } from '../../src/platforms.ts'
import { LEASE } from '../../src/store/claims/claims.ts'
import { reviveAbandoned } from '../../src/store/delivery/abandoned-messages.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { pendingMessages } from '../../src/store/delivery/pending-messages.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import { createMadeUp } from '../support/made-up-platform.ts'
import { named } from '../support/named-message.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { EMPTY_BOOK } from './deliver-workspace.ts'

/** Several processes that send what one outbox holds; the clock stands but for `pass`. */
let connection: Connection
let now: number
let madeUp: ReturnType<typeof createMadeUp>
let posts: { readonly box: string; readonly words: string; readonly at: number }[]

beforeEach(async () => {
  connection = await openTestDatabase()
  now = Date.UTC(2026, 10, 2, 9)
  madeUp = createMadeUp()
  posts = []
})
afterEach(() => connection.close())

/** A process of its own; `onPost` is what becomes of its call on the way. */
async function sender(holder: string, onPost: () => Promise<void> = async () => {}) {
  const [platform] = chosenPlatforms([madeUp.platform], { MADE_UP_KEY: 'key' }).on
  const create = await platform?.load()
  const parts = { door: CLOSED_DOOR, app: express(), log: silentLog, addresses: EMPTY_BOOK }
  const adapter = create?.(parts) ?? expect.fail('it is on')
  const chat: ChatAdapter = {
    ...adapter,
    post: async (to, card, options) => {
      await onPost()
      const repeats = JSON.stringify(card).includes('may appear here twice') ? ' (repeat)' : ''
      posts.push({ box: to.channel ?? '', words: card.title + repeats, at: now })
      return adapter.post(to, card, options)
    },
  }
  const context = { connection, platforms: [], clock: () => now, chats: new Map([['made_up', chat]]), log: silentLog }
  return { deliver: () => deliverPending(context, holder) }
}

const put = (box: string, words: string) =>
  addMessage(connection.db, {
    ...{ ...named(`${box} ${words}`), card: noticeCard(words, words), alerts: [], at: now },
    to: { platform: 'made_up', channel: box },
  })
/** Lets time pass, for the database too. */
async function pass(milliseconds: number) {
  now += milliseconds
  const held = connection.db.updateTable('claims').where('holder', 'is not', null)
  await held.set(({ eb }) => ({ until: eb('until', '-', milliseconds) })).execute()
}
const states = async () =>
  (await connection.db.selectFrom('outbox').select('state').orderBy('id').execute()).map(({ state }) => state)
const said = () => posts.map(({ words }) => words)

/** Something that somebody waits for. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open: () => open() }
}

it('write to every channel in order, each message once, and no faster than one a second', async () => {
  const boxes = ['a', 'b', 'c', 'd', 'e']
  const words = ['1', '2', '3', '4']
  for (const word of words) for (const box of boxes) await put(box, word)
  const senders = await Promise.all(['x', 'y', 'z'].map(holder => sender(holder)))

  for (let round = 0; round < 40 && posts.length < 20; round += 1) {
    await Promise.all(senders.map(({ deliver }) => deliver()))
    await pass(500)
  }

  for (const box of boxes) {
    const there = posts.filter(post => post.box === box)
    expect(there.map(({ words }) => words)).toEqual(words)
    expect(there.slice(1).every(({ at }, n) => at - (there[n]?.at ?? at) >= 1_000)).toBe(true)
  }
  expect(new Set(await states())).toEqual(new Set(['sent']))
})

it('leave a channel alone to which another is writing', async () => {
  await put('a', '1')
  await put('a', '2')
  const [begun, answered] = [gate(), gate()]
  const slow = await sender('slow', async () => {
    begun.open()
    await answered.opened
  })
  const sending = slow.deliver()
  await begun.opened

  expect(await (await sender('other')).deliver()).toBe(0)

  answered.open()
  await sending
  expect(said()).toEqual(['1'])
})

it('take over from one that was killed while it sent: one marked repeat, and the rest in order', async () => {
  await put('a', '1')
  await put('a', '2')
  const begun = gate()
  const killed = await sender('killed', () => {
    begun.open()
    return new Promise(() => {})
  })
  killed.deliver()
  await begun.opened
  const other = await sender('other')
  expect(await other.deliver()).toBe(0)

  for (const milliseconds of [LEASE, 1_000]) {
    await pass(milliseconds)
    await other.deliver()
  }

  expect(said()).toEqual(['1 (repeat)', '2'])
  expect(await states()).toEqual(['sent', 'sent'])
})

it('let one that was frozen write nothing of what it sent when it wakes', async () => {
  await put('a', '1')
  const [begun, woken] = [gate(), gate()]
  const frozen = await sender('frozen', async () => {
    begun.open()
    await woken.opened
  })
  const late = frozen.deliver()
  await begun.opened
  await pass(LEASE)
  await (await sender('other')).deliver()
  const written = await connection.db.selectFrom('outbox').selectAll().execute()

  woken.open()
  await late

  expect(said()).toEqual(['1 (repeat)', '1'])
  expect(await connection.db.selectFrom('outbox').selectAll().execute()).toEqual(written)
})

it('where one was sending that is gone, nothing goes before what it was at', async () => {
  await put('cs', 'first')
  await put('cs', 'second')
  let go = () => {}
  const hanging = new Promise<void>(resolve => (go = resolve))
  const gone = (await sender('gone', () => hanging)).deliver()
  const sending = connection.db.selectFrom('outbox').select('id').where('state', '=', 'sending')
  await vi.waitFor(async () => expect(await sending.execute()).toHaveLength(1))
  const pending = () => pendingMessages(connection.db, ['made_up'], now)
  await pass(LEASE + 1)

  // Its claim may lapse just after somebody looked for what was abandoned.
  expect(await pending()).toEqual([])
  await reviveAbandoned(connection.db, 'other')
  expect((await pending()).map(({ card }) => card.title)).toEqual(['first', 'second'])
  go()
  await gone
})
