import { afterEach, beforeEach, expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import type { ChatAdapter, Recipient } from '../../src/chat/port.ts'
import { deliverPending } from '../../src/delivery/deliver.ts'
import type { MessageKey } from '../../src/domain/delivery/subject.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { silentLog } from '../../src/log.ts'
import { readDestination } from '../../src/model/schema/destination.ts'
import { addMessage, changeMessagesAbout, changeMessagesNaming } from '../../src/store/delivery/outbox.ts'
import { threadsOfAlert } from '../../src/store/delivery/threads.ts'
import { statesOfDigest } from '../../src/store/digests/digest-runs.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import type { Card } from '../../src/views/card.ts'

const NOW = Date.parse('2026-11-02T09:00:00Z')
const [SLOT, THEN] = [NOW - DAY, NOW - 3_600_000]
const STATES = ['pending', 'sending', 'sent', 'parked', 'dead', 'unknown'] as const

type Former = readonly [key: string, destination: string, errand: MessageKey]

/** Every way in which a message was called, where it went, and what it is now. */
const FORMER: readonly Former[] = [
  ['alert:a1:first:0', 'C1', { subject: { of: 'alert', id: 'a1' }, purpose: 'opened' }],
  ['alert:a1:first:1', '@ana@x.example', { subject: { of: 'alert', id: 'a1' }, purpose: 'opened' }],
  [`alert:a1:assigned:${THEN}:ana@x.example`, '@ana@x.example', alert('assigned', THEN)],
  [`alert:a1:woke:${THEN}:slack:C1`, 'C1', alert('woken', THEN)],
  [`alert:a1:released:${THEN}:slack:C1`, 'C1', alert('released', THEN)],
  ['alert:a1:resolved:slack:C1', 'C1', alert('resolved')],
  ['alert:a1:rung:1', '@ana@x.example', { subject: { of: 'alert', id: 'a1' }, purpose: 'step', number: 0 }],
  [`alert:a1:${THEN}:rung:1`, 'C1', { subject: { of: 'alert', id: 'a1' }, purpose: 'step', number: THEN }],
  ['task:t1:rung:2', 'C1', { subject: { of: 'task', id: 't1' }, purpose: 'step', number: 0 }],
  [`task:t1:${THEN}:rung:1`, 'C1', { subject: { of: 'task', id: 't1' }, purpose: 'step', number: THEN }],
  ['task:t1:to:ana@x.example', '@ana@x.example', { subject: { of: 'task', id: 't1' }, purpose: 'assigned' }],
  [`storm:${THEN}:teams:19:abc@thread.tacv2:a1`, 'C1', { subject: { of: 'storm', id: 'a1' }, purpose: 'opened' }],
  [`ladder:${THEN}:slack:@ana@x.example:alert:a1`, '@ana@x.example', steps('a1')],
  [`ladder:${THEN}:slack:C1:task:t1:${THEN}`, 'C1', steps('t1')],
  ['run:r1:slack:C1', 'C1', { subject: { of: 'run', id: 'r1' }, purpose: 'tasks' }],
  [`runs:${THEN}:r1:slack:@ana@x.example`, '@ana@x.example', { subject: { of: 'runs', id: 'r1' }, purpose: 'tasks' }],
  [`digest:morning:${SLOT}:slack:C1:0`, 'C1', { subject: { of: 'digest', id: '1' }, purpose: 'news', number: 0 }],
  [`digest:morning:${SLOT}:slack:C1:1`, 'C1', { subject: { of: 'digest', id: '1' }, purpose: 'news', number: 1 }],
  [`told:weekly:${SLOT}`, 'C1', { subject: { of: 'digest', id: '2' }, purpose: 'baseline' }],
  [`owner:eu:acme:${THEN}:ana@x.example`, '@ana@x.example', { ...account('1'), number: THEN }],
  [`released:Ben: the second:${THEN}:ana@x.example`, '@ana@x.example', person('Ben: the second', 'released', THEN)],
  ['pulses:2026-11-01:ana@x.example', '@ana@x.example', person('ana@x.example', 'pulses', Date.parse('2026-11-01'))],
  [`rule:sharp_drop:${THEN}:slack:@ana@x.example`, '@ana@x.example', muted('sharp_drop')],
  ['late:slack:1:2:3:0', 'U1', { subject: { of: 'request', id: 'slack:1:2:3' }, purpose: 'answer', number: 0 }],
  ['fault:slack:C1:2026-11-01:slack:ana@x.example', '@ana@x.example', fault('slack:C1')],
  ['fault:slack:2026-11-01:slack:ana@x.example', '@ana@x.example', fault('slack')],
  ['fault:slack:@ben@x.example:2026-11-01:slack:ana@x.example', '@ana@x.example', fault('slack:@ben@x.example')],
]

let connection: Connection

/** A database as the version before left it. */
beforeEach(async () => {
  connection = openDatabase('sqlite::memory:')
  const before = MIGRATIONS.findIndex(({ name }) => name === '0030-messages')
  await migrate(connection, MIGRATIONS.slice(0, before))
  bareOf(connection).exec(`
    insert into accounts (id, name, folded_name) values ('eu:acme', 'Acme', 'acme');
    insert into alerts (id, account, kind, state, opened_at, reason) values ('a1', 1, 'at_risk', 'open', ${THEN}, 'fell');
    insert into destination_pauses values ('slack', '*', ${NOW + 1}), ('slack', 'C9', ${NOW + 1}),
      ('slack', '@ana@x.example', ${NOW + 1})`)
})

afterEach(() => connection.close())

it.each(STATES)('moves every message that is %s, whatever it was called, with all that is known of it', async state => {
  for (const [key, destination] of FORMER) put({ key, destination, state })
  pointAtThem()
  const before = rows('select id, platform, head, card, version, shown_version, state, tries, not_before from outbox')
  const links = rows('select * from outbox_alerts order by alert, message')

  await migrate(connection)

  const after = rows('select id, platform, head, card, version, shown_version, state, tries, not_before from outbox')
  expect(after).toEqual(before)
  expect(rows('select * from outbox_alerts order by alert, message')).toEqual(links)
  expect(rows('select id, message from digest_runs')).toEqual([
    { id: 1, message: idOf(`digest:morning:${SLOT}:slack:C1:0`) },
    { id: 2, message: idOf(`told:weekly:${SLOT}`) },
  ])
  const errands = rows('select subject, subject_id, purpose, number, to_channel, to_person from outbox order by id')
  expect(errands).toEqual(FORMER.map(([, destination, errand]) => columnsOf(errand, destination)))
  expect(rows('select * from pragma_foreign_key_check')).toEqual([])
})

it.each(STATES)('puts nothing in again that is there already, and is %s', async state => {
  for (const [key, destination] of FORMER) put({ key, destination, state })
  pointAtThem()
  await migrate(connection)

  for (const [, destination, errand] of FORMER) {
    const to = readDestination(`slack:${destination}`)
    expect(await addMessage(connection.db, { ...errand, to, card: card('again'), alerts: [], at: NOW })).toBeUndefined()
  }
})

it('posts what waited once, and updates what stood there, after it', async () => {
  put({ key: 'alert:a1:first:0', destination: 'C1', state: 'sent' })
  put({ key: `storm:${THEN}:slack:C2:a1`, destination: 'C2', state: 'sent' })
  put({ key: 'run:r1:slack:C3', destination: 'C3', state: 'sent' })
  put({ key: 'task:t1:to:ana@x.example', destination: '@ana@x.example', state: 'pending' })
  put({ key: 'alert:a1:rung:1', destination: 'C4', state: 'unknown' })
  bareOf(connection).exec("delete from destination_pauses; insert into outbox_alerts values ('a1', 1), ('a1', 2)")
  await migrate(connection)
  await changeMessagesNaming(connection.db, 'a1', () => card('claimed'))
  await changeMessagesAbout(connection.db, { of: 'run', id: 'r1' }, () => card('done'))

  const said = await deliverAll()

  expect(said.toSorted()).toEqual([
    'post C4: alert:a1:rung:1, perhaps twice',
    'post ana@x.example: task:t1:to:ana@x.example',
    'update C1: claimed',
    'update C2: claimed',
    'update C3: done',
  ])
})

it('keeps the thread of an alert, the pieces of a digest and the pauses', async () => {
  for (const [key, destination] of FORMER) put({ key, destination, state: 'sent' })
  pointAtThem()
  await migrate(connection)

  expect(await threadsOfAlert(connection.db, 'a1')).toEqual([
    { to: { platform: 'slack', channel: 'C1' }, head: 1 },
    { to: { platform: 'slack', person: 'ana@x.example' }, head: 2 },
  ])
  expect(await statesOfDigest(connection.db, { digest: 'morning', slot: SLOT })).toHaveLength(2)
  expect(rows('select to_channel, to_person from destination_pauses order by to_channel, to_person')).toEqual([
    { to_channel: '', to_person: '' },
    { to_channel: '', to_person: 'ana@x.example' },
    { to_channel: 'C9', to_person: '' },
  ])
})

it('keeps both of two that differed in their names alone, and those whose name nobody knows', async () => {
  put({ key: 'alert:a1:first:0', destination: 'C1', state: 'sent' })
  put({ key: 'alert:a1:first:1', destination: 'C1', state: 'sent' })
  put({ key: 'by hand', destination: 'C1', state: 'parked' })

  await migrate(connection)

  expect(rows('select subject, subject_id, number from outbox order by id')).toEqual([
    { subject: 'alert', subject_id: 'a1', number: 0 },
    { subject: 'alert', subject_id: 'a1', number: 1 },
    { subject: 'unknown', subject_id: 'by hand', number: 0 },
  ])
})

it('moves more messages than fit one batch, threads with them', async () => {
  for (let n = 0; n < 1_200; n += 1) put({ key: `alert:x${n}:first:0`, destination: 'C1', state: 'sent' })
  bareOf(connection).exec('update outbox set head = id - 600 where id > 600')

  await migrate(connection)

  expect(rows('select count(*) as count, max(head) as head from outbox')).toEqual([{ count: 1_200, head: 600 }])
})

function put({ key, destination, state }: { key: string; destination: string; state: string }): void {
  const posted = state === 'sent' ? { channel: destination, message: `m:${key}` } : { channel: null, message: null }
  const row = { key, destination, state, card: JSON.stringify(card(key)), ...posted }
  bareOf(connection)
    .prepare(`insert into outbox (key, platform, destination, card, version, shown_version, state, tries, not_before,
      expires_at, channel, message, created_at, sent_at) values (@key, 'slack', @destination, @card, 1,
      @state = 'sent', @state, 2, ${THEN}, null, @channel, @message, ${THEN}, ${THEN})`)
    .run({ ...row })
}

/** What the other tables say of these messages, and the second piece of the digest in the thread of the first. */
function pointAtThem(): void {
  const [head, told] = [idOf(`digest:morning:${SLOT}:slack:C1:0`), idOf(`told:weekly:${SLOT}`)]
  bareOf(connection).exec(`update outbox set head = ${head} where id = ${head + 1};
    insert into digest_runs (digest, destination, slot, message, told) values
      ('morning', 'slack:C1', ${SLOT}, ${head}, '{}'), ('weekly', 'slack:C1', ${SLOT}, ${told}, '{}');
    insert into outbox_alerts select 'a1', id from outbox where key like 'alert:%' or key like 'storm:%'`)
}

const idOf = (key: string) => FORMER.findIndex(([name]) => name === key) + 1

const rows = (query: string): unknown[] => bareOf(connection).prepare(query).all()

/** Everything that is sent until nothing is left, without waiting for the pace of a channel. */
async function deliverAll(): Promise<string[]> {
  const said: string[] = []
  const shown = ({ title, parts }: Card) => (parts.length > 0 ? `${title}, perhaps twice` : title)
  const chat = {
    outsiders: async () => [],
    post: async ({ channel, person }: Recipient, card: Card) => {
      said.push(`post ${channel ?? person}: ${shown(card)}`)
      return { channel: channel ?? 'a direct message', id: `${said.length}` }
    },
    update: async ({ channel }: { channel: string }, card: Card) => said.push(`update ${channel}: ${shown(card)}`),
  }
  const chats = new Map([['slack', chat as unknown as ChatAdapter]])
  for (
    let now = NOW;
    (await deliverPending({ connection, clock: () => now, chats, platforms: [], log: silentLog }, 'test')) > 0;
  )
    now += 2_000
  return said
}

function columnsOf({ subject, purpose, number = 0 }: MessageKey, destination: string) {
  const { channel = '', person = '' } = readDestination(`slack:${destination}`)
  return { subject: subject.of, subject_id: subject.id, purpose, number, to_channel: channel, to_person: person }
}

function card(title: string): Card {
  return { title, summary: title, parts: [] }
}

function alert(purpose: 'assigned' | 'woken' | 'released' | 'resolved', number = 0): MessageKey {
  return { subject: { of: 'alert', id: 'a1' }, purpose, number }
}

function steps(id: string): MessageKey {
  return { subject: { of: 'escalation', id }, purpose: 'step', number: THEN }
}

function account(id: string) {
  return { subject: { of: 'account', id }, purpose: 'new_owner' } as const
}

function person(id: string, purpose: 'released' | 'pulses', number: number): MessageKey {
  return { subject: { of: 'person', id }, purpose, number }
}

function muted(id: string): MessageKey {
  return { subject: { of: 'rule', id }, purpose: 'muted', number: THEN }
}

function fault(id: string): MessageKey {
  return { subject: { of: 'destination', id }, purpose: 'fault', number: Date.parse('2026-11-01') }
}
