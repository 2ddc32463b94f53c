import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { accountByIdOrNone, findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { forgetAccount } from '../../src/store/privacy/forget-account.ts'
import { readDueAccounts } from '../../src/store/scoring/due-accounts.ts'
import { listUnreadEvents } from '../../src/store/sources/unread-events.ts'
import { bodySender } from '../../src/threads/body-transfer.ts'
import { type SignalsThread, signalsThread } from '../../src/threads/signals-thread.ts'
import { until } from '../support/until.ts'
import { type Service, SIGNAL, startService } from './service.ts'

const SCRIPT = new URL('../../src/threads/signals-worker.ts', import.meta.url)
const FULL_DISK = new URL('./full-disk-worker.ts', import.meta.url)
const NDJSON = { 'content-type': 'application/x-ndjson' }

let service: Service
let thread: SignalsThread

async function startBeside({
  script = SCRIPT,
  pause = 30_000,
  sources,
}: {
  readonly script?: URL
  readonly pause?: number
  readonly sources?: string
} = {}): Promise<void> {
  const receive = (url: string) => {
    thread = signalsThread(url, script)
    return thread
  }
  service = await startService(['signals:write'], sources, { receive, pause })
}

/** Lines of so many signals, none like another. */
function lines(count: number, from = 0): string {
  const rows = Array.from({ length: count }, (_, at) => JSON.stringify({ ...SIGNAL, id: String(from + at) }))
  return `${rows.join('\n')}\n`
}

/** A body that is still being sent; what is answered, once something is. */
function open() {
  const sending = request(`${service.address}/v1/signals`, { method: 'POST', headers: service.headers(NDJSON) })
  const answered = new Promise<{ status: number | undefined; retryAfter: string | undefined }>((resolve, reject) => {
    sending.on('error', reject)
    sending.on('response', response => {
      response.resume()
      resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'] })
    })
  })
  return { sending, answered }
}

describe('signals that are taken on a thread', () => {
  afterEach(() => service.end())

  it('are answered as they would be on the event loop', async () => {
    const bodies: [body: string, headers?: Record<string, string>][] = [
      [JSON.stringify([SIGNAL, { ...SIGNAL, value: 'nine' }, { ...SIGNAL, account_id: 'nobody' }])],
      [`${lines(2_500)}{"account_id":\n${JSON.stringify({ ...SIGNAL, metric: 'unread', kind: 1 })}`, NDJSON],
      [JSON.stringify({ ...SIGNAL, value: null })],
      ['{', {}],
      ['<xml/>', { 'content-type': 'text/xml' }],
      [JSON.stringify([SIGNAL]), { 'idempotency-key': 'one' }],
      [JSON.stringify([SIGNAL]), { 'idempotency-key': 'one' }],
      [JSON.stringify([{ ...SIGNAL, value: 3 }]), { 'idempotency-key': 'one' }],
    ]
    const answersOf = async () => {
      const answers = []
      for (const [body, headers] of bodies) answers.push(await service.send(body, headers))
      return { answers, stored: service.stored(), due: await readDueAccounts(service.connection.db) }
    }
    service = await startService()
    const here = await answersOf()
    await service.end()

    await startBeside()

    expect(await answersOf()).toEqual(here)
  })

  it('are there for the next request of a sender who waits for each answer', async () => {
    await startBeside()

    const sent = [9, 8, 8, 7].map(value => ({ ...SIGNAL, value }))
    const answers = []
    for (const signal of sent) answers.push(await service.post(signal))

    expect(answers).toMatchObject([
      [200, { added: 1 }],
      [200, { changed: 1 }],
      [200, { unchanged: 1 }],
      [200, { changed: 1 }],
    ])
  })

  it('are rejected once their account is deleted, and taken once it is there again', async () => {
    await startBeside()
    const { db } = service.connection
    const send = () => service.send(lines(2_000), NDJSON)
    const before = await send()
    const [acme] = await Promise.all([accountByIdOrNone(db, 'acme'), send()])
    if (acme === undefined) throw new Error('there is no acme')

    await forgetAccount(db, acme, { at: 0, by: 'Dana' })
    const without = await send()
    await saveAccounts(db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)

    expect([before, without, await send()]).toMatchObject([
      [200, { added: 2_000 }],
      [422, { added: 0, rejected: 2_000 }],
      [200, { added: 2_000 }],
    ])
    const accounts = bareOf(service.connection).prepare('SELECT DISTINCT account FROM signals').pluck().all()
    expect(accounts).toEqual([(await accountByIdOrNone(db, 'acme'))?.key])
  })

  it('do not wait for a body that is still coming', async () => {
    await startBeside()
    const { sending, answered } = open()
    sending.write(lines(10))

    expect(await service.send(lines(10, 100), NDJSON)).toMatchObject([200, { added: 10 }])

    sending.end(lines(10, 10))
    expect(await answered).toMatchObject({ status: 200 })
    expect(service.stored()).toHaveLength(30)
  })

  it('are kept as far as they were written where a body breaks off, and are never acknowledged', async () => {
    await startBeside()

    await service.breakOff([lines(10_000), lines(500, 10_000)], () => until(() => service.stored().length === 10_000))

    expect(service.stored()).toHaveLength(10_000)
    expect(await service.send(lines(10_500), NDJSON)).toMatchObject([200, { added: 500, unchanged: 10_000 }])
  })

  it('are refused where a body stops, and the thread is free for others', async () => {
    await startBeside({ pause: 300 })
    const { sending, answered } = open()
    sending.write(lines(10))

    expect(await answered).toMatchObject({ status: 408 })
    sending.destroy()
    expect(await service.post(SIGNAL)).toMatchObject([200, { added: 1 }])
  })

  it('are not acknowledged where the thread ends in the middle; what is sent again starts another', async () => {
    await startBeside()
    await service.post(SIGNAL)
    const { sending, answered } = open()
    sending.write(lines(10_000))
    await until(() => service.stored().length >= 10_000)

    await thread.stop()
    sending.end(lines(10, 10_000))

    expect(await answered).toEqual({ status: 503, retryAfter: '5' })
    expect(await service.send(lines(10_010), NDJSON)).toMatchObject([200, { added: 10, unchanged: 10_000 }])
  })

  it('are not acknowledged while the disk is full', async () => {
    await startBeside({ script: FULL_DISK })

    expect(await service.send(lines(50_000), NDJSON)).toMatchObject([
      503,
      { error: 'The disk of the database is full. Nothing is acknowledged.' },
    ])
    expect(service.stored()).toEqual([])
  })
})

describe('events that are taken on a thread', () => {
  afterEach(() => service.end())

  it('are answered as they would be on the event loop, make what they would, and are counted where they are not read', async () => {
    const sources = 'segment: {events: {"Signed In": logins}, distinct_users: {metric: active_users, over: 7d}}'
    const event = { messageId: 'm1', userId: 'u1', timestamp: '2025-12-30T08:00:00Z', context: { groupId: 'acme' } }
    const bodies: [path: string, body: unknown][] = [
      ['/v1/track', { ...event, event: 'Signed In' }],
      ['/v1/track', { ...event, event: 'Signed In' }],
      ['/v1/track', { ...event, messageId: 'm2', event: 'Clicked' }],
      ['/v1/group', { ...event, messageId: 'm3', groupId: 'globex', traits: { name: 'Globex', seats: 5 } }],
      ['/v1/batch', { batch: [{ ...event, type: 'track', event: 'Clicked', messageId: 'm4' }, { type: 'dance' }] }],
    ]
    const outcome = async () => {
      const { db } = service.connection
      const headers = { authorization: `Basic ${Buffer.from(`${service.token}:`).toString('base64')}` }
      const answers = []
      for (const [path, body] of bodies) answers.push(await service.send(JSON.stringify(body), headers, path))
      const unread = await until(async () => {
        const events = await listUnreadEvents(db)
        return events.length > 0 && events
      })
      return { answers, stored: service.stored(), accounts: [...(await findAccountKeys(db)).keys()], unread }
    }
    service = await startService(['signals:write'], sources)
    const here = await outcome()
    await service.end()

    await startBeside({ sources })

    expect(await outcome()).toEqual(here)
    expect(here.answers).toMatchObject([
      [200, { added: 1 }],
      [200, { unchanged: 1 }],
      [200, {}],
      [200, { added: 1 }],
      [200, { rejected: 1 }],
    ])
  })
})

describe('a body on its way to a thread', () => {
  it('is given away where it lies alone in its memory, and copied where others lie beside it', async () => {
    const [alone, beside] = [new Uint8Array(8), new Uint8Array(8).subarray(2, 6)]
    async function* both() {
      yield* [alone, beside]
    }
    const handed: unknown[] = []

    await bodySender(both()).begin((_, buffers = []) => handed.push(...buffers))

    expect(handed[0]).toBe(alone.buffer)
    expect(handed[1]).toHaveProperty('byteLength', 4)
  })

  it('is not read further than the thread can take it', async () => {
    let read = 0
    async function* endless() {
      for (;;) {
        read += 1
        yield new Uint8Array(10)
      }
    }
    const body = bodySender(endless())
    const handed: unknown[] = []
    const begun = body.begin(piece => handed.push(piece))

    await until(() => read === 5)
    expect(handed).toHaveLength(4)
    body.taken()
    await until(() => read === 6)
    expect(handed).toHaveLength(5)
    body.end()
    await begun
  })
})
