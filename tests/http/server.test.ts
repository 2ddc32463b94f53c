import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createServer, listen } from '../../src/http/server.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { type Service, SIGNAL, serverParts, startService } from './service.ts'

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
    bareOf(service.connection).exec('drop table ingest_tokens')

    const [status, body] = await service.post(SIGNAL)

    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toMatch(/at .*\.ts|ingest_tokens/)
  })

  it('keep a connection longer than anybody is told to wait before the next try', async () => {
    const { headers } = await fetch(`${service.address}/healthz`)

    const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? []
    expect(Number(seconds)).toBeGreaterThan(60)
  })

  it('refuse a port that is taken with a sentence', async () => {
    const app = createServer(serverParts(service.connection))

    await expect(listen(app, { port: service.port })).rejects.toMatchObject({ code: 'cannot_listen' })
  })
})
