import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { readDueAccounts } from '../../src/store/scoring/due-accounts.ts'
import { type Service, SIGNAL, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService()
})

afterEach(() => service.end())

describe('POST /v1/signals under strain', () => {
  it('answers others while it writes many', async () => {
    const many = Array.from({ length: 50_000 }, (_, at) => ({ ...SIGNAL, id: String(at) }))
    let isDone = false
    const posted = service.post(many).finally(() => {
      isDone = true
    })

    let answers = 0
    while (!isDone) {
      expect((await fetch(`${service.address}/healthz`)).status).toBe(200)
      answers += 1
    }

    expect(await posted).toMatchObject([200, { added: 50_000 }])
    // Two would do: nobody waits for the whole of it. How many fit in is for the machine.
    expect(answers).toBeGreaterThan(2)
  })

  it('leaves one account due for one scoring, however many of its signals come', async () => {
    await service.post(Array.from({ length: 10_000 }, (_, at) => ({ ...SIGNAL, id: String(at) })))

    expect(await readDueAccounts(service.connection.db)).toHaveLength(1)
  })

  it('acknowledges nothing while another process holds the database, and recovers', async () => {
    const other = openDatabase(service.url)
    bareOf(other).exec('begin immediate')

    const response = await fetch(`${service.address}/v1/signals`, {
      method: 'POST',
      headers: service.headers(),
      body: JSON.stringify(SIGNAL),
    })

    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toMatchObject({ error: 'The database is busy. Nothing is acknowledged.' })
    bareOf(other).exec('rollback')
    expect(await service.post(SIGNAL)).toMatchObject([200, { added: 1 }])
    await other.close()
  })

  it('acknowledges nothing while the disk is full, and goes on answering', async () => {
    const pages = bareOf(service.connection).pragma('page_count', { simple: true })
    bareOf(service.connection).pragma(`max_page_count = ${pages}`)

    const many = Array.from({ length: 5_000 }, (_, at) => ({ ...SIGNAL, id: `${at}${'x'.repeat(100)}` }))
    expect(await service.post(many)).toMatchObject([
      503,
      { error: 'The disk of the database is full. Nothing is acknowledged.' },
    ])
    expect((await fetch(`${service.address}/healthz`)).status).toBe(200)

    bareOf(service.connection).pragma('max_page_count = 1000000')
    expect(await service.post(SIGNAL)).toMatchObject([200, { added: 1 }])
  })
})
