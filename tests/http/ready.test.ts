import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createServer, listen } from '../../src/http/server.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { pausePlatform } from '../../src/store/destinations/destination-pauses.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { recordSlot } from '../../src/store/schedule/schedules.ts'
import { named } from '../support/named-message.ts'
import { NOW, type Service, serverParts, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService()
})

afterEach(() => service.end())

describe('readiness', () => {
  const ready = async () => {
    const response = await fetch(`${service.address}/readyz`)
    return [response.status, await response.json()]
  }

  it('is given while the database can be read and the jobs go round', async () => {
    expect(await ready()).toEqual([200, { ready: true, instance: 'test', problems: [] }])
  })

  it('names a platform that lets nothing through, and stays', async () => {
    await pausePlatform(service.connection.db, { platform: 'slack', channel: 'C1' }, NOW + 60_000)

    expect(await ready()).toEqual([
      200,
      { ready: true, instance: 'test', problems: [expect.stringContaining('slack accepts nothing')] },
    ])
  })

  it('is taken away when a job stands still', async () => {
    const context = serverParts(service.connection)
    const server = await listen(createServer({ ...context, stuckJobs: () => ['sender'] }), { port: 0 })

    const response = await fetch(`http://127.0.0.1:${server.port}/readyz`)

    expect([response.status, await response.json()]).toEqual([
      503,
      { ready: false, instance: 'test', problems: [expect.stringContaining('"sender" is stuck')] },
    ])
    await server.close()
  })

  it('is taken away when the disk is full, and comes back by itself', async () => {
    const sqlite = bareOf(service.connection)
    sqlite.exec('vacuum')
    sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true })}`)
    expect(await ready()).toEqual([
      503,
      { ready: false, instance: 'test', problems: [expect.stringContaining('The disk of the database is full.')] },
    ])

    sqlite.pragma('max_page_count = 1000000')
    expect(await ready()).toEqual([200, { ready: true, instance: 'test', problems: [] }])
  })

  it('is taken away when the database cannot be written', async () => {
    bareOf(service.connection).pragma('query_only = on')

    expect(await ready()).toEqual([
      503,
      { ready: false, instance: 'test', problems: [expect.stringContaining('The database cannot be written.')] },
    ])
  })

  it('stays while another process writes', async () => {
    const other = openDatabase(service.url)
    bareOf(other).exec('begin immediate')

    expect(await ready()).toEqual([200, { ready: true, instance: 'test', problems: [] }])
    bareOf(other).exec('rollback')
    await other.close()
  })

  it('names messages that wait for too long', async () => {
    const message = {
      to: { platform: 'slack', channel: 'C1' },
      card: { title: 'x', summary: 'x', parts: [] },
      alerts: [],
    }
    await addMessage(service.connection.db, { ...message, ...named('a'), at: NOW - 11 * 60_000 })

    expect(await ready()).toEqual([
      200,
      {
        ready: true,
        instance: 'test',
        problems: [expect.stringContaining('1 message waits for more than ten minutes')],
      },
    ])
  })

  it('names a clock that stands before what was done already', async () => {
    await recordSlot(service.connection.db, 'scoring', NOW, { state: 'done' }, NOW + 6 * 3_600_000)

    expect(await ready()).toEqual([
      200,
      {
        ready: true,
        instance: 'test',
        problems: [expect.stringContaining('a schedule already ran at 2026-01-01T06:00:00.000Z')],
      },
    ])
  })

  it.each([
    [{ by: 6 * 3_600_000, ago: 5 * 60_000 }, 'The clock jumped ahead, or the machine slept, by 6 h, 5 min ago'],
    [{ by: -90_000, ago: 0 }, 'The clock jumped back by 2 min, 0 min ago'],
  ])('names a clock that jumped', async (jump, sentence) => {
    const context = serverParts(service.connection)
    const app = createServer({ ...context, stuckJobs: () => [], clockJump: () => jump })
    const server = await listen(app, { port: 0 })

    const response = await fetch(`http://127.0.0.1:${server.port}/readyz`)

    expect(await response.json()).toEqual({
      ready: true,
      instance: 'test',
      problems: [expect.stringContaining(sentence)],
    })
    await server.close()
  })

  it('is taken away when the database cannot be read', async () => {
    bareOf(service.connection).close()

    expect(await ready()).toEqual([503, { ready: false, instance: 'test', problems: ['The database cannot be read.'] }])
  })
})
