import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createServer, listen } from '../../src/http/server.ts'
import { silentLog } from '../../src/log.ts'
import { saveAccounts } from '../../src/store/accounts.ts'
import { type Connection, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createToken } from '../../src/store/tokens.ts'

const NOW = Date.UTC(2026, 0, 1)
const SIGNAL = { account_id: 'acme', metric: 'nps', value: 9, observed_at: '2025-12-31' }

let [folder, address, token] = ['', '', '']
let connection: Connection
let server: Awaited<ReturnType<typeof listen>>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-http-'))
  connection = openDatabase(`sqlite:${join(folder, 'rounds.db')}`, 50)
  await migrate(connection)
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], NOW)
  const made = await createToken(connection.db, { name: 'crm', scopes: ['ingest'], now: NOW, randomBytes })
  token = made.token
  server = await listen(createServer({ connection, clock: () => NOW, log: silentLog }), 0)
  address = `http://127.0.0.1:${server.port}`
})

afterEach(async () => {
  await server.close()
  await connection.close()
  rmSync(folder, { recursive: true })
})

describe('POST /v1/signals', () => {
  it('takes an array, stamps now, and acknowledges the same again', async () => {
    const both = [SIGNAL, { ...SIGNAL, metric: 'logins', source: 'app', id: 'x' }]

    expect(await post(both)).toEqual([200, { read: 2, added: 2, changed: 0, unchanged: 0, rejected: 0, rejects: [] }])
    expect(await post(both)).toEqual([200, { read: 2, added: 0, changed: 0, unchanged: 2, rejected: 0, rejects: [] }])

    expect(stored()).toEqual([`logins|9|${NOW}|app|x`, `nps|9|${NOW}|api|`])
  })

  it('takes a single signal, and a correction of it', async () => {
    await post(SIGNAL)

    expect(await post({ ...SIGNAL, value: 3 })).toMatchObject([200, { changed: 1 }])

    expect(stored()).toEqual([`nps|3|${NOW}|api|`])
  })

  it.each([
    ['a number in quotes', { ...SIGNAL, value: '9' }, 'value "9" is no finite JSON number'],
    ['no value', { ...SIGNAL, value: undefined }, 'value is missing'],
    ['null for a value', { ...SIGNAL, value: null }, 'value "null" is no finite JSON number'],
    ['a number for an account', { ...SIGNAL, account_id: 5 }, 'account_id "5" is no text'],
    ['an unknown account', { ...SIGNAL, account_id: '__proto__' }, 'no account "__proto__"; import accounts first'],
    [
      'no time',
      { ...SIGNAL, observed_at: 'now' },
      'observed_at "now" is no ISO 8601 time such as 2025-12-31 or 2025-12-31T09:30:00Z',
    ],
    ['nothing', null, '"null" is no signal, which is an object with account_id, metric, value, observed_at'],
    ['a blank metric', { ...SIGNAL, metric: ' ' }, 'metric is empty'],
  ])('rejects a row with %s and takes the others', async (_, row, reason) => {
    expect(await post([SIGNAL, row])).toMatchObject([200, { added: 1, rejected: 1, rejects: [{ row: 2, reason }] }])
  })

  it('rejects only the broken lines of NDJSON', async () => {
    const lines = [JSON.stringify(SIGNAL), '{"account_id": ', '', JSON.stringify({ ...SIGNAL, metric: 'logins' })]

    const [status, report] = await send(lines.join('\n'), { 'content-type': 'application/x-ndjson; charset=utf-8' })

    expect([status, report]).toMatchObject([200, { read: 3, added: 2, rejected: 1, rejects: [{ row: 2 }] }])
  })

  it.each([
    ['no token', { authorization: '' }],
    ['another scheme', { authorization: 'Basic abc' }],
    ['a forged token', { authorization: `Bearer rnd_${'0'.repeat(16)}_${'0'.repeat(64)}` }],
  ])('refuses %s', async (_, headers) => {
    const response = await fetch(`${address}/v1/signals`, { method: 'POST', headers, body: '[]' })

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="rounds"')
    expect(await response.json()).toEqual({
      error: 'Rounds does not know who you are.',
      hint: expect.stringContaining('Bearer TOKEN'),
    })
  })

  it.each([
    ['broken JSON', '[{', {}, 400, 'The body is no JSON'],
    ['an empty body', '', {}, 400, 'The body is empty'],
    ['another type', 'a,b', { 'content-type': 'text/csv' }, 415, 'Rounds does not read text/csv.'],
    ['a compressed body', '[]', { 'content-encoding': 'gzip' }, 415, 'Rounds does not read gzip.'],
    ['too many rows', `[${'0,'.repeat(100_000)}0]`, {}, 413, 'The body has more than 100,000 rows.'],
    [
      'too many lines',
      '0\n'.repeat(100_001),
      { 'content-type': 'application/x-ndjson' },
      413,
      'more than 100,000 rows',
    ],
    ['too many bytes', ' '.repeat(17 * 1024 * 1024), {}, 413, 'The body is larger than 16 MiB.'],
  ])('refuses %s', async (_, body, headers, status, sentence) => {
    expect(await send(body, headers)).toEqual([
      status,
      { error: expect.stringContaining(sentence), hint: expect.stringMatching(/^Send/) },
    ])
  })

  it('refuses a body that grows too large while it comes, and stores nothing of it', async () => {
    const line = `${JSON.stringify({ ...SIGNAL, id: 'x'.repeat(150) })}\n`

    const status = await stream(Array.from({ length: 90 }, () => line.repeat(1_000)))

    expect(status).toBe(413)
    expect(stored()).toEqual([])
  })

  it('survives deep nesting and names of every object', async () => {
    const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`
    const odd = `[{"__proto__": {"account_id": "acme"}, "constructor": 1, "metric": "nps"}]`

    expect(await send(deep)).toMatchObject([200, { rejected: 1 }])
    expect(await send(odd)).toMatchObject([
      200,
      { rejects: [{ reason: expect.stringContaining('account_id is missing') }] },
    ])
  })

  it('lists 1,000 rejects and counts them all', async () => {
    const [, report] = await post(Array.from({ length: 1_500 }, () => 7))

    expect(report).toMatchObject({ rejected: 1_500 })
    expect(report.rejects).toHaveLength(1_000)
  })

  it('answers others while it writes many', async () => {
    const many = Array.from({ length: 50_000 }, (_, at) => ({ ...SIGNAL, id: String(at) }))
    let isDone = false
    const posted = post(many).finally(() => {
      isDone = true
    })

    let answers = 0
    while (!isDone) {
      expect((await fetch(`${address}/healthz`)).status).toBe(200)
      answers += 1
    }

    expect(await posted).toMatchObject([200, { added: 50_000 }])
    expect(answers).toBeGreaterThan(10)
  })

  it('acknowledges nothing while another process holds the database, and recovers', async () => {
    const other = openDatabase(`sqlite:${join(folder, 'rounds.db')}`)
    other.sqlite.exec('begin immediate')

    const response = await fetch(`${address}/v1/signals`, {
      method: 'POST',
      headers: headers(),
      body: JSON.stringify(SIGNAL),
    })

    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toMatchObject({ error: 'The database is busy. Nothing is acknowledged.' })
    other.sqlite.exec('rollback')
    expect(await post(SIGNAL)).toMatchObject([200, { added: 1 }])
    await other.close()
  })

  it('acknowledges nothing while the disk is full, and goes on answering', async () => {
    const pages = connection.sqlite.pragma('page_count', { simple: true })
    connection.sqlite.pragma(`max_page_count = ${pages}`)

    const many = Array.from({ length: 5_000 }, (_, at) => ({ ...SIGNAL, id: `${at}`.padStart(100) }))
    expect(await post(many.map(signal => ({ ...signal, id: `${signal.id.trim()}${'x'.repeat(100)}` })))).toMatchObject([
      503,
      { error: 'The disk of the database is full. Nothing is acknowledged.' },
    ])
    expect((await fetch(`${address}/healthz`)).status).toBe(200)

    connection.sqlite.pragma('max_page_count = 1000000')
    expect(await post(SIGNAL)).toMatchObject([200, { added: 1 }])
  })
})

describe('other addresses', () => {
  it('say that they are well', async () => {
    const response = await fetch(`${address}/healthz`)

    expect([response.status, await response.json()]).toEqual([200, { ok: true }])
  })

  it.each([
    ['POST', '/v1/nothing', 404],
    ['GET', '/v1/signals', 405],
  ])('refuse %s %s in JSON', async (method, path, status) => {
    const response = await fetch(`${address}${path}`, { method })

    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: expect.any(String), hint: expect.any(String) })
  })

  it('never show a stack trace', async () => {
    connection.sqlite.exec('drop table ingest_tokens')

    const [status, body] = await post(SIGNAL)

    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toMatch(/at .*\.ts|ingest_tokens/)
  })

  it('refuse a port that is taken with a sentence', async () => {
    const app = createServer({ connection, clock: () => NOW, log: silentLog })

    await expect(listen(app, server.port)).rejects.toMatchObject({ code: 'cannot_listen' })
  })
})

function headers(given: Record<string, string> = {}) {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...given }
}

async function send(body: string, given: Record<string, string> = {}) {
  const response = await fetch(`${address}/v1/signals`, { method: 'POST', headers: headers(given), body })
  const answer: Record<string, unknown> = Object(await response.json())
  return [response.status, answer] as const
}

function post(body: unknown) {
  return send(JSON.stringify(body))
}

/** Sends parts without saying how long they are together. */
function stream(parts: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sending = request(`${address}/v1/signals`, {
      method: 'POST',
      headers: headers({ 'content-type': 'application/x-ndjson' }),
    })
    sending.on('error', reject)
    sending.on('response', response => {
      response.resume()
      resolve(response.statusCode)
    })
    for (const part of parts) sending.write(part)
    sending.end()
  })
}

function stored() {
  return connection.sqlite
    .prepare(
      `select m.name || '|' || cast(s.value as integer) || '|' || s.received_at || '|' || c.name || '|' || s.id
        from signals s join metrics m on m.key = s.metric join sources c on c.key = s.source order by 1`,
    )
    .pluck()
    .all()
}
