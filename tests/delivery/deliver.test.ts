import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LEASE } from '../../src/store/claims/claims.ts'
import { pendingMessages, takeMessage } from '../../src/store/delivery/pending-messages.ts'
import type { Channel } from '../support/fake-slack/index.ts'
import { cardOf, openWorkspace, type Workspace } from './deliver-workspace.ts'

let workspace: Workspace
let room: Channel
let other: Channel

beforeEach(async () => {
  workspace = await openWorkspace()
  room = workspace.slack.addChannel('cs')
  other = workspace.slack.addChannel('sales')
})

afterEach(() => workspace.close())

const said = (channel = room) => workspace.slack.messages(channel).map(({ shown }) => shown)
const posts = () => workspace.slack.calls.filter(({ method }) => method === 'chat.postMessage').length
const REPEAT = 'may appear here twice'

describe('when Slack asks to wait', () => {
  beforeEach(async () => {
    workspace.slack.fail('chat.postMessage', { status: 429, retryAfter: 30 })
    await workspace.put(room, 'hello')
    await workspace.deliver()
  })

  it('waits as long as it was asked to, and not longer', async () => {
    workspace.pass(29)
    expect(await workspace.deliver()).toBe(0)

    workspace.pass(1)
    await workspace.deliver()

    expect(said()).toEqual([expect.stringContaining('hello')])
  })

  it('still waits after a restart', async () => {
    await workspace.restart()
    workspace.pass(29)
    expect(await workspace.deliver()).toBe(0)

    workspace.pass(1)
    await workspace.deliver()

    expect(said()).toHaveLength(1)
  })

  it('lets the whole channel wait, and no other', async () => {
    await workspace.put(room, 'second')
    await workspace.put(other, 'elsewhere')

    await workspace.deliverFor(5)

    expect(said()).toEqual([])
    expect(said(other)).toHaveLength(1)
  })

  it('waits for an hour at most, and then tries again', async () => {
    await workspace.deliverFor(31)
    workspace.slack.fail('chat.postMessage', { status: 429, retryAfter: 99_999_999 })
    await workspace.put(room, 'later')
    await workspace.deliverFor(3_599)
    expect(said()).toHaveLength(1)

    await workspace.deliverFor(10)

    expect(said()).toHaveLength(2)
  })

  it('sends at once what a clock that ran ahead has put off', async () => {
    workspace.pass(31 + 86_400)
    workspace.slack.fail('chat.postMessage', { status: 429, retryAfter: 30 })
    await workspace.deliver()

    workspace.pass(-86_400)
    await workspace.deliver()

    expect(said()).toHaveLength(1)
  })

  it('never gives a message up for having waited', async () => {
    workspace.slack.fail('chat.postMessage', { status: 429, retryAfter: 30 }, 20)

    await workspace.deliverFor(21 * 30)

    expect(said()).toHaveLength(1)
  })

  it('does not mark a message as a repeat that was certainly never posted', async () => {
    await workspace.deliverFor(31)

    expect(said()[0]).not.toContain(REPEAT)
  })
})

describe('when nobody knows whether a message arrived', () => {
  it('sends it once more and marks it so, after an answer that got lost', async () => {
    workspace.slack.fail('chat.postMessage', 'drop')
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    expect(said()).toEqual([expect.not.stringContaining(REPEAT), expect.stringContaining(REPEAT)])
    expect(await workspace.states()).toEqual(['sent'])
  })

  it.each([
    ['a connection that breaks', 'refuse'],
    ['an HTTP 500', { status: 500 }],
    ['an HTTP 503', { status: 503 }],
    ['an internal error of Slack', { error: 'internal_error' }],
  ] as const)('sends it once more and marks it so, after %s', async (_, fault) => {
    workspace.slack.fail('chat.postMessage', fault)
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    expect(said()).toEqual([expect.stringContaining(REPEAT)])
  })

  it('keeps the mark though Slack asks to wait in between', async () => {
    workspace.slack.fail('chat.postMessage', 'drop')
    workspace.slack.fail('chat.postMessage', { status: 429, retryAfter: 3 })
    await workspace.put(room, 'hello')

    await workspace.deliverFor(8)

    expect(said()).toEqual([expect.stringContaining('hello'), expect.stringContaining(REPEAT)])
  })

  it('sends it once more, without a restart, when a full disk kept its end from being written', async () => {
    workspace.isFullOnceAnswered()
    await workspace.put(room, 'hello')
    await expect(workspace.deliver()).rejects.toThrow('database or disk is full')
    workspace.hasRoomAgain()
    expect(await workspace.states()).toEqual(['sending'])

    workspace.pass(LEASE / 2_000)
    await workspace.deliver()
    expect(await workspace.states()).toEqual(['sending'])
    workspace.pass(LEASE / 2_000)
    await workspace.deliver()

    expect(await workspace.states()).toEqual(['sent'])
    expect(said()).toEqual([expect.not.stringContaining(REPEAT), expect.stringContaining(REPEAT)])
  })

  it('sends it once more after the process was killed in the middle', async () => {
    await workspace.put(room, 'hello')
    const [pending] = await pendingMessages(workspace.db, ['slack'], Number.MAX_SAFE_INTEGER)
    if (pending !== undefined) await takeMessage(workspace.db, pending, 'service:1', 0)

    await workspace.restart()
    await workspace.deliverFor(1)

    expect(said()).toEqual([expect.stringContaining(REPEAT)])
  })

  it('lives through an hour in which Slack is down', async () => {
    workspace.slack.fail('chat.postMessage', { status: 503 }, 7)
    await workspace.put(room, 'hello')

    await workspace.deliverFor(75 * 60)

    expect(said()).toHaveLength(1)
  })

  it('gives up after eight tries', async () => {
    workspace.slack.fail('chat.postMessage', { status: 503 }, 50)
    await workspace.put(room, 'hello')

    await workspace.deliverFor(3 * 60 * 60)

    expect(await workspace.states()).toEqual(['dead'])
  })

  it.runIf(process.env.ROUNDS_LONG)('sends it once more after ten seconds without an answer', async () => {
    workspace.slack.fail('chat.postMessage', 'hang')
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    expect(said()).toEqual([expect.not.stringContaining(REPEAT), expect.stringContaining(REPEAT)])
  })
})

describe('when a message can never arrive as it is', () => {
  it('parks what goes to a channel that is gone, while others go on', async () => {
    other.isArchived = true
    await workspace.put(other, 'lost')
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    expect(await workspace.states()).toEqual(['parked', 'sent'])
    expect(said()).toHaveLength(1)
  })

  it('parks what goes to a channel from which the bot was removed', async () => {
    room.takesPosts = false
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    expect(await workspace.states()).toEqual(['parked'])
    expect(posts()).toBe(1)
  })

  it('sends a card that is refused as plain text', async () => {
    workspace.slack.fail('chat.postMessage', { error: 'invalid_blocks' })
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    const [message] = workspace.slack.messages(room)
    expect(message?.shown).toContain('hello')
    expect(message?.blocks).toEqual([])
  })

  it('gives it up when the text is refused too, and blocks nobody', async () => {
    workspace.slack.fail('chat.postMessage', { error: 'invalid_blocks' }, 2)
    await workspace.put(room, 'poison')
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    expect(await workspace.states()).toEqual(['dead', 'sent'])
    expect(said()).toEqual([expect.stringContaining('hello')])
  })

  it('does not give it up because the text came at a bad moment', async () => {
    workspace.slack.fail('chat.postMessage', { error: 'invalid_blocks' })
    workspace.slack.fail('chat.postMessage', { status: 429, retryAfter: 2 })
    await workspace.put(room, 'hello')

    await workspace.deliverFor(5)

    expect(said()).toHaveLength(1)
  })

  it('lets go what came too late to be of use', async () => {
    await workspace.put(room, 'yesterday', { expiresAt: 1 })

    await workspace.deliverFor(1)

    expect(await workspace.states()).toEqual(['dead'])
    expect(posts()).toBe(0)
  })
})

describe('when the token is revoked', () => {
  beforeEach(async () => {
    workspace.slack.fail('chat.postMessage', { error: 'token_revoked' }, 30)
    for (const words of ['one', 'two']) await workspace.put(room, words)
    await workspace.put(other, 'three')
  })

  it('leaves Slack alone for a while, in every channel', async () => {
    await workspace.deliver()
    workspace.slack.mend()
    await workspace.put(workspace.slack.addChannel('late'), 'four')
    await workspace.deliverFor(50)

    expect(await workspace.states()).toEqual(['pending', 'pending', 'pending', 'pending'])
    expect(posts()).toBe(0)
  })

  it('sends everything once the token is good again, however long that took', async () => {
    await workspace.deliverFor(20 * 60)
    workspace.slack.mend()
    await workspace.deliverFor(70)

    expect(said()).toHaveLength(2)
    expect(said(other)).toHaveLength(1)
    expect([...said(), ...said(other)].join()).not.toContain(REPEAT)
  })
})

describe('the pace', () => {
  it('is one message a second for a channel, so that Slack never has to refuse', async () => {
    workspace.slack.limitRate()
    const start = performance.now()
    for (const words of ['one', 'two', 'three']) await workspace.put(room, words)
    while (said().length < 3) {
      await workspace.deliver()
      const elapsed = (performance.now() - start) / 1_000
      workspace.pass(0.05)
      await new Promise(resolve => setTimeout(resolve, 50))
      if (elapsed > 15) throw new Error('too slow')
    }

    expect(said().map(words => words.split('\n').at(-1))).toEqual(['one', 'two', 'three'])
    expect(workspace.slack.refusals).toEqual([])
  })

  it('does not let a full channel hold up another', async () => {
    for (let n = 0; n < 120; n += 1) await workspace.put(room, `message ${n}`)
    await workspace.put(other, 'hello')

    await workspace.deliverFor(2)

    expect(said(other)).toHaveLength(1)
  })
})

describe('another process that holds the database', () => {
  it('does not make a message go out twice whose answer came meanwhile', async () => {
    workspace.isBusyOnceAnswered(700)
    await workspace.put(room, 'hello')

    await workspace.deliver()
    await workspace.deliverFor(10)

    expect(said()).toEqual([expect.not.stringContaining(REPEAT)])
    expect(await workspace.states()).toEqual(['sent'])
  })
})

describe('two senders', () => {
  it('post a message once, though both have seen it', async () => {
    await workspace.put(room, 'hello')

    await Promise.all([workspace.deliver(), workspace.deliver()])

    expect(said()).toHaveLength(1)
  })

  it('post a message once, though it was changed meanwhile', async () => {
    const alert = await workspace.alert('a1')
    await workspace.put(room, 'before', { alerts: [alert] })
    const [seen] = await pendingMessages(workspace.db, ['slack'], Number.MAX_SAFE_INTEGER)
    await workspace.change(alert, 'after')

    expect(seen).toBeDefined()
    expect(seen && (await takeMessage(workspace.db, seen, 'other', 0))).toBeUndefined()
    await workspace.deliverFor(1)
    expect(said()).toEqual([expect.stringContaining('after')])
  })
})

describe('a message that changes', () => {
  let alert: string

  beforeEach(async () => {
    alert = await workspace.alert('a1')
  })

  it('shows the newest of several changes, by one update', async () => {
    await workspace.put(room, 'first', { alerts: [alert] })
    await workspace.deliverFor(1)
    for (const words of ['second', 'third', 'fourth']) await workspace.change(alert, words)

    await workspace.deliverFor(3)

    expect(said()).toEqual([expect.stringContaining('fourth')])
    expect(workspace.slack.messages(room)[0]?.edits).toBe(1)
  })

  it('is posted as it is by then when it changes before it was posted', async () => {
    await workspace.put(room, 'first', { alerts: [alert] })
    await workspace.change(alert, 'second')

    await workspace.deliverFor(3)

    expect(said()).toEqual([expect.stringContaining('second')])
    expect(workspace.slack.messages(room)[0]?.edits).toBe(0)
  })

  it('is updated when it changes while it is being posted', async () => {
    await workspace.put(room, 'first', { alerts: [alert] })

    await Promise.all([workspace.deliver(), changedOnTheWay()])
    await workspace.deliverFor(3)

    expect(said()).toEqual([expect.stringContaining('second')])
  })

  it('never goes back to what it showed before, whichever update fails', async () => {
    await workspace.put(room, 'first', { alerts: [alert] })
    await workspace.deliverFor(1)
    workspace.slack.fail('chat.update', 'drop')
    await workspace.change(alert, 'second')
    await workspace.deliver()
    await workspace.change(alert, 'third')

    await workspace.deliverFor(10)

    expect(said()).toEqual([expect.stringContaining('third')])
    expect(said()[0]).not.toContain(REPEAT)
  })

  it('stays as it is when somebody deleted it, and troubles nobody', async () => {
    await workspace.put(room, 'first', { alerts: [alert] })
    await workspace.deliverFor(1)
    workspace.slack.fail('chat.update', { error: 'message_not_found' })
    await workspace.change(alert, 'second')
    await workspace.put(room, 'next')

    await workspace.deliverFor(5)

    expect(await workspace.states()).toEqual(['sent', 'sent'])
    expect(said()).toEqual([expect.stringContaining('first'), expect.stringContaining('next')])
  })

  it('shows a later change though an earlier one was given up', async () => {
    await workspace.put(room, 'first', { alerts: [alert] })
    await workspace.deliverFor(1)
    workspace.slack.fail('chat.update', { status: 503 }, 8)
    await workspace.change(alert, 'second')
    await workspace.deliverFor(2 * 60 * 60)
    await workspace.change(alert, 'third')

    await workspace.deliverFor(5)

    expect(said()).toEqual([expect.stringContaining('third')])
  })

  async function changedOnTheWay() {
    await workspace.slack.until(() => workspace.slack.calls.some(({ method }) => method === 'chat.postMessage'))
    await workspace.change(alert, 'second')
  }
})

describe('a message that goes on in a thread', () => {
  it('is given up with its head, unless it is an alert', async () => {
    workspace.slack.fail('chat.postMessage', { error: 'invalid_blocks' }, 2)
    const head = await workspace.put(room, 'head')
    await workspace.put(room, 'tail', { head })
    await workspace.put(room, 'alert', { head, subject: { of: 'alert', id: 'a1' }, purpose: 'opened' })

    await workspace.deliverFor(5)

    expect(await workspace.states()).toEqual(['dead', 'dead', 'sent'])
    expect(said()).toEqual([expect.stringContaining('alert')])
  })

  it('is given up at the next start, when its head was given up by an earlier Rounds', async () => {
    const head = await workspace.put(room, 'head')
    await workspace.put(room, 'tail', { head })
    await workspace.db.updateTable('outbox').set({ state: 'dead' }).where('id', '=', head).execute()

    await workspace.restart()

    expect(await workspace.states()).toEqual(['dead', 'dead'])
  })

  it('waits until its head stands there', async () => {
    workspace.slack.fail('chat.postMessage', { status: 429, retryAfter: 10 })
    const head = await workspace.put(room, 'head')
    await workspace.put(room, 'tail', { head })
    await workspace.deliverFor(5)
    expect(posts()).toBe(0)

    await workspace.deliverFor(10)

    const [first, second] = workspace.slack.messages(room)
    expect([first?.threadTs, second?.threadTs]).toEqual([undefined, first?.ts])
  })

  it('waits with a head that is parked', async () => {
    room.isArchived = true
    const head = await workspace.put(room, 'head')
    await workspace.put(room, 'tail', { head })

    await workspace.deliverFor(5)

    expect(await workspace.states()).toEqual(['parked', 'pending'])
  })
})

describe('an escalation', () => {
  const about = (purpose: 'opened' | 'step', id: string) => {
    return { subject: { of: 'alert' as const, id }, purpose, alerts: [id] }
  }

  it('goes out after the post of its alert, also when the process was killed while it posted that', async () => {
    const managers = workspace.slack.addChannel('managers')
    const alert = await workspace.alert('a1')
    await workspace.put(room, 'fell', about('opened', alert))
    await workspace.put(managers, 'nobody yet', about('step', alert))
    const [post] = await pendingMessages(workspace.db, ['slack'], Number.MAX_SAFE_INTEGER)
    if (post !== undefined) await takeMessage(workspace.db, post, 'service:1', 0)

    await workspace.deliver('service:2')
    expect(posts()).toBe(0)

    await workspace.restart()
    await workspace.deliverFor(1)

    const [fell, unclaimed] = [...workspace.slack.messages(room), ...workspace.slack.messages(managers)]
    expect(Number(fell?.ts)).toBeLessThan(Number(unclaimed?.ts))
  })

  it('does not wait for a post that stands there and is being edited', async () => {
    const managers = workspace.slack.addChannel('managers')
    const alert = await workspace.alert('a1')
    await workspace.put(room, 'fell', about('opened', alert))
    await workspace.deliverFor(1)
    await workspace.put(managers, 'nobody yet', about('step', alert))
    await workspace.db.updateTable('outbox').set({ state: 'sending' }).where('purpose', '=', 'opened').execute()

    const pending = await pendingMessages(workspace.db, ['slack'], Number.MAX_SAFE_INTEGER)

    expect(pending.map(({ purpose }) => purpose)).toEqual(['step'])
  })

  it('does not wait for a post that has to wait itself', async () => {
    const managers = workspace.slack.addChannel('managers')
    const alert = await workspace.alert('a1')
    room.isArchived = true
    await workspace.put(room, 'fell', about('opened', alert))
    await workspace.put(managers, 'nobody yet', about('step', alert))

    await workspace.deliverFor(1)

    expect(await workspace.states()).toEqual(['parked', 'sent'])
  })
})

it('puts a message in once, however often it is put', async () => {
  await workspace.put(room, 'hello')
  await workspace.put(room, 'hello', { card: cardOf('something else') })

  await workspace.deliverFor(3)

  expect(said()).toEqual([expect.stringContaining('hello')])
})
