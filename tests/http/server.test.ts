import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createServer, listen } from '../../src/http/server.ts'
import { silentLog } from '../../src/log.ts'
import { pausePlatform } from '../../src/store/destination-pauses.ts'
import { NOW, type Service, SIGNAL, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService()
})

afterEach(() => service.end())

describe('other addresses', () => {
  it('say that they are well', async () => {
    const response = await fetch(`${service.address}/healthz`)

    expect([response.status, await response.json()]).toEqual([200, { ok: true }])
  })

  it.each([
    ['POST', '/v1/nothing', 404],
    ['GET', '/v1/signals', 405],
  ])('refuse %s %s in JSON', async (method, path, status) => {
    const response = await fetch(`${service.address}${path}`, { method })

    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: expect.any(String), hint: expect.any(String) })
  })

  it('never show a stack trace', async () => {
    service.connection.sqlite.exec('drop table ingest_tokens')

    const [status, body] = await service.post(SIGNAL)

    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toMatch(/at .*\.ts|ingest_tokens/)
  })

  it('refuse a port that is taken with a sentence', async () => {
    const app = createServer({
      connection: service.connection,
      clock: () => NOW,
      log: silentLog,
      jobsStandingStill: () => [],
    })

    await expect(listen(app, { port: service.port })).rejects.toMatchObject({ code: 'cannot_listen' })
  })
})

describe('readiness', () => {
  const ready = async () => {
    const response = await fetch(`${service.address}/readyz`)
    return [response.status, await response.json()]
  }

  it('is given while the database can be read and the jobs go round', async () => {
    expect(await ready()).toEqual([200, { ready: true, problems: [] }])
  })

  it('names a platform that lets nothing through, and stays', async () => {
    await pausePlatform(service.connection.db, { platform: 'slack', to: 'C1' }, NOW + 60_000)

    expect(await ready()).toEqual([200, { ready: true, problems: [expect.stringContaining('slack lets nothing')] }])
  })

  it('is taken away when a job stands still', async () => {
    const context = { connection: service.connection, clock: () => NOW, log: silentLog }
    const server = await listen(createServer({ ...context, jobsStandingStill: () => ['sender'] }), { port: 0 })

    const response = await fetch(`http://127.0.0.1:${server.port}/readyz`)

    expect([response.status, await response.json()]).toEqual([
      503,
      { ready: false, problems: [expect.stringContaining('"sender" stands still')] },
    ])
    await server.close()
  })

  it('is taken away when the database cannot be read', async () => {
    service.connection.sqlite.close()

    expect(await ready()).toEqual([503, { ready: false, problems: ['The database cannot be read.'] }])
  })
})
