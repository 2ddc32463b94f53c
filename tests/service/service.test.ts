import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { importSignals, lately, placeWithPortfolio } from './portfolio-files.ts'
import type { Place, RoundsService } from './rounds-process.ts'

let place: Place
let service: RoundsService

beforeEach(async () => {
  place = await placeWithPortfolio(lately())
  await place.rounds('score')
  service = await place.serve()
})

afterEach(() => place.close())

async function shownOf(account: string) {
  const { json } = await place.rounds('list', '--json')
  return (json as { account: string; shown: number | null }[]).find(line => line.account === account)?.shown
}

/** What `list`, asked from another process, says within so many milliseconds. */
const saysWithin = (milliseconds: number, account: string, shown: number) =>
  vi.waitFor(async () => expect(await shownOf(account)).toBe(shown), { timeout: milliseconds, interval: 200 })

/** Five seconds is the promise; the processes of the test itself need their time on a busy machine. */
const SOON = 5_000 + 5_000

const today = () => new Date().toISOString().slice(0, 10)

async function newToken(): Promise<string> {
  const connection = place.open()
  const { token } = await createToken(connection.db, { name: 'test', scopes: ['signals:write'], now: 0, randomBytes })
  await connection.close()
  return token
}

const post = (token: string, rows: readonly object[]) =>
  fetch(`${service.url}/v1/signals`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(rows),
  })

describe('a running service', () => {
  it('sees what is sent to it, within seconds', async () => {
    const response = await post(await newToken(), [
      ...[
        ['seats', 40],
        ['active_users', 10],
        ['nps', 100],
        ['csm_pulse', 5],
      ].map(([metric, value]) => ({
        ...{ account_id: 'silent', metric, value, observed_at: today() },
      })),
    ])

    expect(response.status).toBe(200)
    await saysWithin(SOON, 'silent', 55)
  })

  it('sees what is imported beside it, within seconds', async () => {
    await importSignals(
      place,
      ...['seats 40', 'active_users 20', 'nps 100', 'csm_pulse 5'].map(of => `silent ${of} ${today()}`),
    )

    await saysWithin(SOON, 'silent', 70)
  })
})

describe('a service that is told to stop', () => {
  it('ends in good order, and lets the next one in', async () => {
    const start = performance.now()

    expect(await service.terminate()).toBe(0)

    // A supervisor waits ten seconds.
    expect(performance.now() - start).toBeLessThan(9_000)
    expect(service.log()).toContain('Rounds is down')
    await place.serve()
  })

  it('keeps all that it acknowledged before', async () => {
    const token = await newToken()
    const rows = Array.from({ length: 50 }, (_, at) => [
      { account_id: 'acme', metric: 'active_users', value: at, observed_at: today(), id: `${at}` },
    ])
    const answers = Promise.allSettled(rows.map(row => post(token, row)))

    expect(await service.terminate()).toBe(0)

    const acknowledged = (await answers).filter(answer => answer.status === 'fulfilled' && answer.value.ok).length
    const connection = place.open()
    const kept = bareOf(connection).prepare("SELECT count(*) FROM signals WHERE id != ''").pluck().get()
    expect(Number(kept)).toBeGreaterThanOrEqual(acknowledged)
    await connection.close()
  })
})
