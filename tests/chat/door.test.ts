import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catchUp } from '../../src/chat/door/catch-up.ts'
import { handleArrival, openDoor } from '../../src/chat/door/door.ts'
import { inPlace } from '../../src/chat/door/in-place.ts'
import type { Capabilities, ChatAdapter, Door, Request } from '../../src/chat/port.ts'
import { newContext, type Runtime } from '../../src/context.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { noteArrival, unhandledArrivals } from '../../src/store/delivery/handled-requests.ts'
import { markSent } from '../../src/store/delivery/message-outcomes.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { pendingMessages } from '../../src/store/delivery/pending-messages.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { named } from '../support/named-message.ts'
import { at } from '../support/world.ts'

const NOW = at('2026-11-02T08:00')

let connection: Connection
let door: Door
let context: Runtime
let posted: { to: string; title: string; words: string }[]

const CAPABILITIES: Capabilities = {
  privateReplies: false,
  dialogs: false,
  typeahead: false,
  charts: false,
  messageSize: 10_000,
}

beforeEach(async () => {
  connection = await migratedDatabase()
  posted = []
  const pager: Partial<ChatAdapter> = {
    platform: 'pager',
    capabilities: CAPABILITIES,
    split: card => [card],
    post: async ({ channel: to = '' }, card) => {
      posted.push({ to, title: card.title, words: JSON.stringify(card) })
      return { channel: to, id: `m${posted.length}` }
    },
    profile: async userId => ({ email: `${userId}@ours.example`, name: userId, standing: 'member' }),
    outsiders: async () => [],
  }
  context = {
    connection,
    instance: 'test',
    clock: () => NOW,
    log: silentLog,
    newId: () => `id-${Math.random()}`,
    readSettings: async () => loadSettings(undefined),
    platforms: [],
    chats: new Map([['pager', pager as ChatAdapter]]),
    wakeSender: () => {},
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  }
  door = openDoor(context)
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map([['arr', '120000']]) }], NOW)
  await savePeople(connection.db, [
    {
      email: 'dana@ours.example',
      fields: new Map([
        ['role', 'csm'],
        ['name', 'Dana'],
      ]),
    },
  ])
})

afterEach(() => connection.close())

let deliveries = 0
const delivery = () => `d${++deliveries}`
const dana = { platform: 'pager', userId: 'dana' }

function asks(text: string, isPrivate = false): Request {
  return { actor: dana, text, channel: 'room', isPrivate, canOpenForm: false, deliveryId: delivery() }
}

describe('where nobody can be answered alone in a channel', () => {
  it('sends what is masked there to the one who asked, and says so in one line', async () => {
    const reply = await door.ask(asks('acme'))

    expect(reply).toMatchObject({ kind: 'card', audience: 'channel' })
    expect(JSON.stringify(reply)).not.toContain('120')
    expect(JSON.stringify(reply)).toContain('I sent you the private part directly')
    expect(posted).toEqual([{ to: 'dana', title: 'Acme', words: expect.stringContaining('120') }])
  })

  it('sends what is for the caller alone directly, and leaves a line', async () => {
    const reply = await door.ask(asks('preferences'))

    expect(reply).toMatchObject({ audience: 'channel', card: { summary: expect.stringContaining('only for you') } })
    expect(posted.map(({ to, title }) => [to, title])).toEqual([['dana', 'Your preferences']])
  })

  it('leaves private conversations and what hides nothing as they are', async () => {
    expect(JSON.stringify(await door.ask(asks('acme', true)))).toContain('120')
    await door.ask(asks('help'))

    expect(posted).toEqual([])
  })
})

describe('a press on a posted message', () => {
  const origin = { channel: 'room', id: 'm77' }

  beforeEach(async () => {
    const account = await connection.db.selectFrom('accounts').select('key').executeTakeFirstOrThrow()
    const alert = { id: 'alert-1', account: account.key, kind: 'at_risk', at: NOW, reason: 'Fell' } as const
    await openAlerts(connection.db, [alert])
    const card = noticeCard('Alert', 'Acme fell')
    const to = { platform: 'pager', channel: 'room' }
    const key = { subject: { of: 'alert', id: 'alert-1' }, purpose: 'opened' } as const
    await addMessage(connection.db, { ...key, to, card, alerts: ['alert-1'], at: NOW })
    const [pending] = await pendingMessages(connection.db, ['pager'], NOW)
    if (pending === undefined) throw new Error('nothing is pending')
    await markSent(connection.db, pending, origin, NOW)
  })

  const claims = (userId: string) =>
    door.press({
      actor: { platform: 'pager', userId },
      action: 'claim',
      value: 'alert-1',
      channel: 'room',
      origin,
      canOpenForm: true,
      deliveryId: delivery(),
    })

  it('is told what the message shows now, also when somebody else changed it before', async () => {
    await savePeople(connection.db, [{ email: 'eli@ours.example', fields: new Map([['role', 'csm']]) }])

    const winner = await claims('dana')
    const loser = await claims('eli')

    expect(JSON.stringify(winner.changed)).toContain('Dana')
    expect(JSON.stringify(loser.changed)).toContain('Dana')
    expect(JSON.stringify(loser)).toContain('Dana')
  })
})

describe('what is sent again', () => {
  it('is done once, words and forms too', async () => {
    const asked = { ...asks('preferences score rounded'), isPrivate: true }
    const form = {
      actor: dana,
      form: 'pulse',
      state: '{"account":"acme","pulse":"p1"}',
      values: { rating: '4', note: 'Fine.' },
      deliveryId: delivery(),
    }

    expect(await door.ask(asked)).toMatchObject({ kind: 'card' })
    expect(await door.ask(asked)).toEqual({ kind: 'nothing' })
    expect(JSON.stringify(await door.submit(form))).toContain('4 of 5')
    expect(JSON.stringify(await door.submit(form))).toContain('nothing was done twice')
    expect(await connection.db.selectFrom('pulses').select('rating').execute()).toHaveLength(1)
  })

  it('is written down before it is acknowledged, and its words are forgotten once it is done', async () => {
    const written = () => connection.db.selectFrom('handled_deliveries').select('request').execute()
    let atAcknowledgement: unknown

    await door.ask({ ...asks('acme'), isPrivate: true }, async () => {
      atAcknowledgement = await written()
    })

    expect(atAcknowledgement).toEqual([{ request: expect.stringContaining('"text":"acme"') }])
    expect(await written()).toEqual([{ request: null }])
  })

  it('is acknowledged and refused in words when the disk is full', async () => {
    bareOf(connection).exec('create table junk (junk blob)')
    bareOf(connection).exec(`create trigger writes_more after insert on handled_deliveries
      begin insert into junk values (zeroblob(1000000)); end`)
    bareOf(connection).pragma('max_page_count = 1')
    let isAcknowledged = false

    const reply = await door.ask({ ...asks('acme'), isPrivate: true }, async () => {
      isAcknowledged = true
    })

    expect(isAcknowledged).toBe(true)
    expect(JSON.stringify(reply)).toContain('The disk of the database is full. Nothing was changed.')
  })
})

describe('a form that is sent a second time, with other values', () => {
  const send = (form: string, state: object, values: Record<string, string>) =>
    door.submit({ actor: dana, form, state: JSON.stringify(state), values, deliveryId: delivery() })

  it('is another pulse, and the newest counts; with the same values it is none', async () => {
    const state = { account: 'acme', pulse: 'p1' }

    await send('pulse', state, { rating: '4', note: 'Fine.' })
    await send('pulse', state, { rating: '4', note: 'Fine.' })
    expect(JSON.stringify(await send('pulse', state, { rating: '2', note: 'Not fine.' }))).toContain('2 of 5 is saved')
    await send('pulse', state, { rating: '4', note: 'Fine.' })

    const pulses = await connection.db.selectFrom('pulses').select('rating').orderBy('id').execute()
    const signals = await connection.db.selectFrom('signals').select(['id', 'value']).orderBy('id').execute()
    expect(pulses.map(({ rating }) => rating)).toEqual([4, 2, 4])
    expect(signals.map(({ value }) => value)).toEqual([4, 2, 4])
  })

  it('adds no second task, and says which one it has added', async () => {
    const state = { account: 'acme', task: 't1' }
    await send('task-add', state, { title: 'Call them', to: 'dana@ours.example', due: '1bd' })

    const again = JSON.stringify(
      await send('task-add', state, { title: 'Visit them', to: 'dana@ours.example', due: '2bd' }),
    )

    expect(again).toContain('Call them')
    expect(again).toContain('nothing was added now')
    expect(again).not.toContain('Visit them')
  })

  it('keeps a message once, and says that nothing was changed', async () => {
    const state = { message: 'pager:room:m1', writtenAt: NOW }
    await send('comment', state, { account: 'acme', text: 'We are happy.' })

    const again = await send('comment', state, { account: 'acme', text: 'We are unhappy.' })

    expect(JSON.stringify(again)).toContain('nothing changed')
  })
})

describe('what a restart cut short', () => {
  const rating = { actor: dana, form: 'pulse', state: '{"account":"acme","pulse":"p1"}', deliveryId: 'cut short' }
  const submission = { ...rating, values: { rating: '2', note: 'They went quiet.' } }
  const workOffAll = () => catchUp(context, arrived => handleArrival(context, arrived))()
  const answers = () => connection.db.selectFrom('outbox').select(['to_channel', 'card']).execute()

  it('is done after it, and answered in a direct message, late', async () => {
    await noteArrival(connection, { kind: 'submit', request: submission }, { at: NOW, instance: 'killed' })

    await workOffAll()
    await workOffAll()

    expect(await connection.db.selectFrom('pulses').select('rating').execute()).toEqual([{ rating: 2 }])
    expect(await answers()).toEqual([{ to_channel: 'dana', card: expect.stringContaining('this is late') }])
  })

  it('is not done twice where only the note of its end was missing', async () => {
    await door.submit(submission)
    const request = JSON.stringify(submission)
    await connection.db.updateTable('handled_deliveries').set({ request, kind: 'submit', instance: 'killed' }).execute()

    await workOffAll()

    expect(await connection.db.selectFrom('pulses').select('rating').execute()).toHaveLength(1)
  })

  it('is done at the next look where the database was out of reach in the middle', async () => {
    await noteArrival(connection, { kind: 'submit', request: submission }, { at: NOW, instance: 'killed' })
    let isAway = true
    const look = catchUp(context, async arrived => {
      if (isAway) throw new Error('the database is away')
      return handleArrival(context, arrived)
    })
    await expect(look()).rejects.toThrow('away')
    isAway = false

    await look()

    expect(await connection.db.selectFrom('pulses').select('rating').execute()).toEqual([{ rating: 2 }])
    expect(await answers()).toHaveLength(1)
  })

  it('is given up, and said so, when it ended the process again and again', async () => {
    await noteArrival(connection, { kind: 'submit', request: submission }, { at: NOW, instance: 'killed' })
    await connection.db.updateTable('handled_deliveries').set({ tries: 3 }).execute()

    await workOffAll()

    expect(await connection.db.selectFrom('pulses').select('rating').execute()).toEqual([])
    expect(await answers()).toEqual([{ to_channel: 'dana', card: expect.stringContaining('could not finish') }])
    expect(await unhandledArrivals(connection.db, 'test')).toEqual([])
  })
})

describe('somebody who was not met before', () => {
  it('gets what waited for them, and so does a place that the bot was let into', async () => {
    const states = async () =>
      (await connection.db.selectFrom('outbox').select('state').orderBy('id').execute()).map(({ state }) => state)
    const platform = 'pager'
    for (const to of [
      { platform, person: 'dana@ours.example' },
      { platform, channel: 'closed-room' },
    ]) {
      const card = noticeCard('Alert', 'Acme fell')
      await addMessage(connection.db, { ...named('one'), to, card, alerts: [], at: NOW })
    }
    await connection.db.updateTable('outbox').set({ state: 'parked' }).execute()
    const arrival = { actor: dana, channel: 'dm-dana', isPrivate: true, deliveryId: delivery() }

    await door.welcome({ ...arrival, isInstalled: false })
    expect(await states()).toEqual(['pending', 'parked'])
    await door.welcome({ ...arrival, isInstalled: true, deliveryId: delivery() })

    expect(await states()).toEqual(['pending', 'pending'])
  })
})

describe('a welcome', () => {
  it('is one line in a channel', async () => {
    const reply = await door.welcome({
      ...{ actor: dana, channel: 'room', isPrivate: false, isInstalled: true },
      deliveryId: delivery(),
    })

    if (reply.kind !== 'card') throw new Error('nobody was greeted')
    expect(reply.card.parts).toHaveLength(1)
    expect(reply.card.buttons).toBeUndefined()
  })

  const arrives = (isInstalled: boolean) =>
    door.welcome({ actor: dana, channel: 'dm-dana', isPrivate: true, isInstalled, deliveryId: delivery() })

  it('says what is there and what is missing, once, and again after the app was installed again', async () => {
    const first = await arrives(false)
    const second = await arrives(false)
    const third = await arrives(true)

    expect(JSON.stringify(first)).toContain('1 are known')
    expect(JSON.stringify(first)).toContain('Dana, csm')
    expect(JSON.stringify(first)).toContain('"label":"Your day"')
    expect(second).toEqual({ kind: 'nothing' })
    expect(third).toMatchObject({ kind: 'card' })
  })
})

it('says what came of an act, also where its card can no longer be asked for', async () => {
  const card = noticeCard('Claimed', 'Acme is yours.')
  const reply = { kind: 'card', card, audience: 'caller', isResult: true } as const
  const asked = { actor: dana, channel: 'room', deliveryId: delivery() }
  const inContext = await newContext(context)

  const drawn = await inPlace(inContext, { ...asked, shows: 'acme' }, reply)
  const gone = await inPlace(inContext, { ...asked, shows: 'expln acme' }, reply)

  expect(drawn).toMatchObject({ replaces: true, card: { title: 'Acme', summary: 'Acme is yours.', shows: 'acme' } })
  expect(gone).toEqual(reply)
})
