import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { owedMessages, takeMessage } from '../../src/store/delivery/pending-messages.ts'
import type { Channel } from '../support/fake-slack/index.ts'
import { cardOf, type Office, openOffice } from './deliver-office.ts'

let office: Office
let room: Channel
let other: Channel

beforeEach(async () => {
  office = await openOffice()
  room = office.slack.addChannel('cs')
  other = office.slack.addChannel('sales')
})

afterEach(() => office.close())

const said = (channel = room) => office.slack.messages(channel).map(({ shown }) => shown)
const posts = () => office.slack.calls.filter(({ method }) => method === 'chat.postMessage').length
const REPEAT = 'may appear here twice'

describe('when Slack asks to wait', () => {
  beforeEach(async () => {
    office.slack.fail('chat.postMessage', { status: 429, retryAfter: 30 })
    await office.put(room, 'hello')
    await office.deliver()
  })

  it('waits as long as it was asked to, and not longer', async () => {
    office.pass(29)
    expect(await office.deliver()).toBe(0)

    office.pass(1)
    await office.deliver()

    expect(said()).toEqual([expect.stringContaining('hello')])
  })

  it('still waits after a restart', async () => {
    await office.restart()
    office.pass(29)
    expect(await office.deliver()).toBe(0)

    office.pass(1)
    await office.deliver()

    expect(said()).toHaveLength(1)
  })

  it('lets the whole channel wait, and no other', async () => {
    await office.put(room, 'second')
    await office.put(other, 'elsewhere')

    await office.deliverFor(5)

    expect(said()).toEqual([])
    expect(said(other)).toHaveLength(1)
  })

  it('waits for an hour at most, and then tries again', async () => {
    await office.deliverFor(31)
    office.slack.fail('chat.postMessage', { status: 429, retryAfter: 99_999_999 })
    await office.put(room, 'later')
    await office.deliverFor(3_599)
    expect(said()).toHaveLength(1)

    await office.deliverFor(10)

    expect(said()).toHaveLength(2)
  })

  it('sends at once what a clock that ran ahead has put off', async () => {
    office.pass(31 + 86_400)
    office.slack.fail('chat.postMessage', { status: 429, retryAfter: 30 })
    await office.deliver()

    office.pass(-86_400)
    await office.deliver()

    expect(said()).toHaveLength(1)
  })

  it('never gives a message up for having waited', async () => {
    office.slack.fail('chat.postMessage', { status: 429, retryAfter: 30 }, 20)

    await office.deliverFor(21 * 30)

    expect(said()).toHaveLength(1)
  })

  it('does not mark a message as a repeat that was certainly never posted', async () => {
    await office.deliverFor(31)

    expect(said()[0]).not.toContain(REPEAT)
  })
})

describe('when nobody knows whether a message arrived', () => {
  it('sends it once more and marks it so, after an answer that got lost', async () => {
    office.slack.fail('chat.postMessage', 'drop')
    await office.put(room, 'hello')

    await office.deliverFor(5)

    expect(said()).toEqual([expect.not.stringContaining(REPEAT), expect.stringContaining(REPEAT)])
    expect(await office.states()).toEqual(['sent'])
  })

  it.each([
    ['a connection that breaks', 'refuse'],
    ['an HTTP 500', { status: 500 }],
    ['an HTTP 503', { status: 503 }],
    ['an internal error of Slack', { error: 'internal_error' }],
  ] as const)('sends it once more and marks it so, after %s', async (_, fault) => {
    office.slack.fail('chat.postMessage', fault)
    await office.put(room, 'hello')

    await office.deliverFor(5)

    expect(said()).toEqual([expect.stringContaining(REPEAT)])
  })

  it('keeps the mark though Slack asks to wait in between', async () => {
    office.slack.fail('chat.postMessage', 'drop')
    office.slack.fail('chat.postMessage', { status: 429, retryAfter: 3 })
    await office.put(room, 'hello')

    await office.deliverFor(8)

    expect(said()).toEqual([expect.stringContaining('hello'), expect.stringContaining(REPEAT)])
  })

  it('sends it once more, without a restart, when a full disk kept its end from being written', async () => {
    office.isFullOnceAnswered()
    await office.put(room, 'hello')
    await expect(office.deliver()).rejects.toThrow('database or disk is full')
    office.hasRoomAgain()
    expect(await office.states()).toEqual(['sending'])

    office.pass(59)
    await office.deliver()
    expect(await office.states()).toEqual(['sending'])
    office.pass(1)
    await office.deliver()

    expect(await office.states()).toEqual(['sent'])
    expect(said()).toEqual([expect.not.stringContaining(REPEAT), expect.stringContaining(REPEAT)])
  })

  it('sends it once more after the process was killed in the middle', async () => {
    await office.put(room, 'hello')
    const [owed] = await owedMessages(office.db, ['slack'], Number.MAX_SAFE_INTEGER)
    if (owed !== undefined) await takeMessage(office.db, owed, 0)

    await office.restart()
    await office.deliverFor(1)

    expect(said()).toEqual([expect.stringContaining(REPEAT)])
  })

  it('lives through an hour in which Slack is down', async () => {
    office.slack.fail('chat.postMessage', { status: 503 }, 7)
    await office.put(room, 'hello')

    await office.deliverFor(75 * 60)

    expect(said()).toHaveLength(1)
  })

  it('gives up after eight tries', async () => {
    office.slack.fail('chat.postMessage', { status: 503 }, 50)
    await office.put(room, 'hello')

    await office.deliverFor(3 * 60 * 60)

    expect(await office.states()).toEqual(['dead'])
  })

  it.runIf(process.env.ROUNDS_LONG)('sends it once more after ten seconds without an answer', async () => {
    office.slack.fail('chat.postMessage', 'hang')
    await office.put(room, 'hello')

    await office.deliverFor(5)

    expect(said()).toEqual([expect.not.stringContaining(REPEAT), expect.stringContaining(REPEAT)])
  })
})

describe('when a message can never arrive as it is', () => {
  it('parks what goes to a channel that is gone, while others go on', async () => {
    other.isArchived = true
    await office.put(other, 'lost')
    await office.put(room, 'hello')

    await office.deliverFor(5)

    expect(await office.states()).toEqual(['parked', 'sent'])
    expect(said()).toHaveLength(1)
  })

  it('parks what goes to a channel from which the bot was removed', async () => {
    room.takesPosts = false
    await office.put(room, 'hello')

    await office.deliverFor(5)

    expect(await office.states()).toEqual(['parked'])
    expect(posts()).toBe(1)
  })

  it('sends a card that is refused as plain text', async () => {
    office.slack.fail('chat.postMessage', { error: 'invalid_blocks' })
    await office.put(room, 'hello')

    await office.deliverFor(5)

    const [message] = office.slack.messages(room)
    expect(message?.shown).toContain('hello')
    expect(message?.blocks).toEqual([])
  })

  it('gives it up when the text is refused too, and blocks nobody', async () => {
    office.slack.fail('chat.postMessage', { error: 'invalid_blocks' }, 2)
    await office.put(room, 'poison')
    await office.put(room, 'hello')

    await office.deliverFor(5)

    expect(await office.states()).toEqual(['dead', 'sent'])
    expect(said()).toEqual([expect.stringContaining('hello')])
  })

  it('does not give it up because the text came at a bad moment', async () => {
    office.slack.fail('chat.postMessage', { error: 'invalid_blocks' })
    office.slack.fail('chat.postMessage', { status: 429, retryAfter: 2 })
    await office.put(room, 'hello')

    await office.deliverFor(5)

    expect(said()).toHaveLength(1)
  })

  it('lets go what came too late to be of use', async () => {
    await office.put(room, 'yesterday', { expiresAt: 1 })

    await office.deliverFor(1)

    expect(await office.states()).toEqual(['dead'])
    expect(posts()).toBe(0)
  })
})

describe('when the token is revoked', () => {
  beforeEach(async () => {
    office.slack.fail('chat.postMessage', { error: 'token_revoked' }, 30)
    for (const words of ['one', 'two']) await office.put(room, words)
    await office.put(other, 'three')
  })

  it('leaves Slack alone for a while, in every channel', async () => {
    await office.deliver()
    office.slack.mend()
    await office.put(office.slack.addChannel('late'), 'four')
    await office.deliverFor(50)

    expect(await office.states()).toEqual(['pending', 'pending', 'pending', 'pending'])
    expect(posts()).toBe(0)
  })

  it('sends everything once the token is good again, however long that took', async () => {
    await office.deliverFor(20 * 60)
    office.slack.mend()
    await office.deliverFor(70)

    expect(said()).toHaveLength(2)
    expect(said(other)).toHaveLength(1)
    expect([...said(), ...said(other)].join()).not.toContain(REPEAT)
  })
})

describe('the pace', () => {
  it('is one message a second for a channel, so that Slack never has to refuse', async () => {
    office.slack.limitRate()
    const start = performance.now()
    for (const words of ['one', 'two', 'three']) await office.put(room, words)
    while (said().length < 3) {
      await office.deliver()
      const elapsed = (performance.now() - start) / 1_000
      office.pass(0.05)
      await new Promise(resolve => setTimeout(resolve, 50))
      if (elapsed > 15) throw new Error('too slow')
    }

    expect(said().map(words => words.split('\n').at(-1))).toEqual(['one', 'two', 'three'])
    expect(office.slack.refusals).toEqual([])
  })

  it('does not let a full channel hold up another', async () => {
    for (let n = 0; n < 120; n += 1) await office.put(room, `message ${n}`)
    await office.put(other, 'hello')

    await office.deliverFor(2)

    expect(said(other)).toHaveLength(1)
  })
})

describe('another process that holds the database', () => {
  it('does not make a message go out twice whose answer came meanwhile', async () => {
    office.isBusyOnceAnswered(700)
    await office.put(room, 'hello')

    await office.deliver()
    await office.deliverFor(10)

    expect(said()).toEqual([expect.not.stringContaining(REPEAT)])
    expect(await office.states()).toEqual(['sent'])
  })
})

describe('two senders', () => {
  it('post a message once, though both have seen it', async () => {
    await office.put(room, 'hello')

    await Promise.all([office.deliver(), office.deliver()])

    expect(said()).toHaveLength(1)
  })

  it('post a message once, though it was changed meanwhile', async () => {
    const alert = await office.alert('a1')
    await office.put(room, 'before', { alerts: [alert] })
    const [seen] = await owedMessages(office.db, ['slack'], Number.MAX_SAFE_INTEGER)
    await office.change(alert, 'after')

    expect(seen && (await takeMessage(office.db, seen, 0))).toBe(false)
    await office.deliverFor(1)
    expect(said()).toEqual([expect.stringContaining('after')])
  })
})

describe('a message that changes', () => {
  let alert: string

  beforeEach(async () => {
    alert = await office.alert('a1')
  })

  it('shows the newest of several changes, by one update', async () => {
    await office.put(room, 'first', { alerts: [alert] })
    await office.deliverFor(1)
    for (const words of ['second', 'third', 'fourth']) await office.change(alert, words)

    await office.deliverFor(3)

    expect(said()).toEqual([expect.stringContaining('fourth')])
    expect(office.slack.messages(room)[0]?.edits).toBe(1)
  })

  it('is posted as it is by then when it changes before it was posted', async () => {
    await office.put(room, 'first', { alerts: [alert] })
    await office.change(alert, 'second')

    await office.deliverFor(3)

    expect(said()).toEqual([expect.stringContaining('second')])
    expect(office.slack.messages(room)[0]?.edits).toBe(0)
  })

  it('is updated when it changes while it is being posted', async () => {
    await office.put(room, 'first', { alerts: [alert] })

    await Promise.all([office.deliver(), changedOnTheWay()])
    await office.deliverFor(3)

    expect(said()).toEqual([expect.stringContaining('second')])
  })

  it('never goes back to what it showed before, whichever update fails', async () => {
    await office.put(room, 'first', { alerts: [alert] })
    await office.deliverFor(1)
    office.slack.fail('chat.update', 'drop')
    await office.change(alert, 'second')
    await office.deliver()
    await office.change(alert, 'third')

    await office.deliverFor(10)

    expect(said()).toEqual([expect.stringContaining('third')])
    expect(said()[0]).not.toContain(REPEAT)
  })

  it('stays as it is when somebody deleted it, and troubles nobody', async () => {
    await office.put(room, 'first', { alerts: [alert] })
    await office.deliverFor(1)
    office.slack.fail('chat.update', { error: 'message_not_found' })
    await office.change(alert, 'second')
    await office.put(room, 'next')

    await office.deliverFor(5)

    expect(await office.states()).toEqual(['sent', 'sent'])
    expect(said()).toEqual([expect.stringContaining('first'), expect.stringContaining('next')])
  })

  it('shows a later change though an earlier one was given up', async () => {
    await office.put(room, 'first', { alerts: [alert] })
    await office.deliverFor(1)
    office.slack.fail('chat.update', { status: 503 }, 8)
    await office.change(alert, 'second')
    await office.deliverFor(2 * 60 * 60)
    await office.change(alert, 'third')

    await office.deliverFor(5)

    expect(said()).toEqual([expect.stringContaining('third')])
  })

  async function changedOnTheWay() {
    await office.slack.until(() => office.slack.calls.some(({ method }) => method === 'chat.postMessage'))
    await office.change(alert, 'second')
  }
})

describe('a message that goes on in a thread', () => {
  it('is given up with its head, unless it is an alert', async () => {
    office.slack.fail('chat.postMessage', { error: 'invalid_blocks' }, 2)
    const head = await office.put(room, 'head')
    await office.put(room, 'tail', { head })
    await office.put(room, 'alert', { head, subject: { of: 'alert', id: 'a1' }, purpose: 'opened' })

    await office.deliverFor(5)

    expect(await office.states()).toEqual(['dead', 'dead', 'sent'])
    expect(said()).toEqual([expect.stringContaining('alert')])
  })

  it('is given up at the next start, when its head was given up by an earlier Rounds', async () => {
    const head = await office.put(room, 'head')
    await office.put(room, 'tail', { head })
    await office.db.updateTable('outbox').set({ state: 'dead' }).where('id', '=', head).execute()

    await office.restart()

    expect(await office.states()).toEqual(['dead', 'dead'])
  })

  it('waits until its head stands there', async () => {
    office.slack.fail('chat.postMessage', { status: 429, retryAfter: 10 })
    const head = await office.put(room, 'head')
    await office.put(room, 'tail', { head })
    await office.deliverFor(5)
    expect(posts()).toBe(0)

    await office.deliverFor(10)

    const [first, second] = office.slack.messages(room)
    expect([first?.threadTs, second?.threadTs]).toEqual([undefined, first?.ts])
  })

  it('waits with a head that is parked', async () => {
    room.isArchived = true
    const head = await office.put(room, 'head')
    await office.put(room, 'tail', { head })

    await office.deliverFor(5)

    expect(await office.states()).toEqual(['parked', 'pending'])
  })
})

it('puts a message in once, however often it is put', async () => {
  await office.put(room, 'hello')
  await office.put(room, 'hello', { card: cardOf('something else') })

  await office.deliverFor(3)

  expect(said()).toEqual([expect.stringContaining('hello')])
})
