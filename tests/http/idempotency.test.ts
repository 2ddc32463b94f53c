import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { claimRequest, forgetAnswers } from '../../src/store/sources/idempotent-requests.ts'
import { NOW, type Service, SIGNAL, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService(['signals:write', 'accounts:write'])
})

afterEach(() => service.end())

const post = async (key: string, body: unknown, path = '/v1/signals') => {
  const response = await fetch(`${service.address}${path}`, {
    method: 'POST',
    headers: service.headers({ 'idempotency-key': key }),
    body: JSON.stringify(body),
  })
  return {
    status: response.status,
    replayed: response.headers.get('idempotent-replayed'),
    answer: await response.json(),
  }
}

describe('Idempotency-Key', () => {
  it('gives the same answer to the same request, and does nothing', async () => {
    const first = await post('a', [SIGNAL])
    bareOf(service.connection).exec('delete from signals')

    const second = await post('a', [SIGNAL])

    expect(first).toMatchObject({ status: 200, replayed: null, answer: { added: 1 } })
    expect(second).toEqual({ ...first, replayed: 'true' })
    expect(service.stored()).toEqual([])
  })

  it('refuses another body or another door under the same key, and takes the same body under another key', async () => {
    await post('a', [SIGNAL])

    const refused = { status: 422, answer: { error: expect.stringContaining('used for another request') } }
    expect(await post('a', [{ ...SIGNAL, value: 1 }])).toMatchObject(refused)
    expect(await post('a', [SIGNAL], '/v1/accounts')).toMatchObject(refused)
    expect(await post('b', [SIGNAL])).toMatchObject({ status: 200, answer: { unchanged: 1 } })
  })

  it('lets one of many that come at once do the work', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => ({ ...SIGNAL, id: String(at) }))

    const answers = await Promise.all(Array.from({ length: 6 }, () => post('a', rows)))

    const worked = answers.filter(({ status, replayed }) => status === 200 && replayed === null)
    expect(worked).toHaveLength(1)
    for (const { status, replayed } of answers)
      expect(status === 409 || replayed === 'true' || status === 200).toBe(true)
    expect(await post('a', rows)).toMatchObject({ status: 200, replayed: 'true' })
  })

  it('may be used again after a refusal, a process that died, and a day', async () => {
    const { db } = service.connection
    expect(await post('a', '[')).toMatchObject({ status: 422 })
    const broken = await fetch(`${service.address}/v1/signals`, {
      method: 'POST',
      headers: service.headers({ 'idempotency-key': 'b' }),
      body: '[',
    })
    expect(broken.status).toBe(400)
    expect(await post('b', [SIGNAL])).toMatchObject({ status: 200, replayed: null })

    const key = { token: 'a token', key: 'c' }
    const claim = (instance: string, now = NOW) => claimRequest(service.connection, key, { now, instance })
    expect(await claim('killed')).toBe('claimed')
    expect(await claim('next')).toBe('claimed')
    expect(await claim('next')).toBe('under_way')
    expect(await claim('next', NOW + DAY)).toBe('claimed')

    await forgetAnswers(db, NOW + 2 * DAY)
    expect(bareOf(service.connection).prepare('select * from idempotent_requests').all()).toEqual([])
  })

  it.each([['with blanks'], ['x'.repeat(256)]])('is refused where it is no key: %s', async key => {
    expect(await post(key, [SIGNAL])).toMatchObject({
      status: 400,
      answer: { error: expect.stringContaining('Idempotency-Key') },
    })
  })
})
