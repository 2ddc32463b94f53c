import { randomBytes } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createToken } from '../../src/store/people/tokens.ts'
import { NOW, type Service, SIGNAL, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService()
})

afterEach(() => service.end())

describe('POST /v1/signals refuses', () => {
  it.each([
    ['no token', { authorization: '' }],
    ['another scheme', { authorization: 'Basic abc' }],
    ['a forged token', { authorization: `Bearer rnd_${'0'.repeat(16)}_${'0'.repeat(64)}` }],
  ])('refuses %s', async (_, headers) => {
    const response = await fetch(`${service.address}/v1/signals`, { method: 'POST', headers, body: '[]' })

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="rounds"')
    expect(await response.json()).toEqual({
      error: 'Rounds does not know who you are.',
      hint: expect.stringContaining('Bearer TOKEN'),
    })
  })

  it.each([
    ['broken JSON', '[{', {}, 400, 'The body is not valid JSON'],
    ['an empty body', '', {}, 400, 'The body is empty'],
    ['another type', 'a,b', { 'content-type': 'text/csv' }, 415, 'Rounds does not read text/csv.'],
    ['another compression', '[]', { 'content-encoding': 'br' }, 415, 'Rounds does not read br.'],
    ['what is not gzip', '[]', { 'content-encoding': 'gzip' }, 400, 'The body is not valid gzip.'],
    ['too many rows', `[${'0,'.repeat(100_000)}0]`, {}, 413, 'The body has more than 100,000 rows.'],
    ['too many bytes', ' '.repeat(17 * 1024 * 1024), {}, 413, 'The body is larger than 16 MiB.'],
  ])('refuses %s', async (_, body, headers, status, sentence) => {
    expect(await service.send(body, headers)).toEqual([
      status,
      { error: expect.stringContaining(sentence), hint: expect.stringMatching(/^Send/) },
    ])
  })

  it('refuses a token that may do other things only, and says which it needs', async () => {
    const made = { name: 'bi', scopes: ['health:read'] as const, now: NOW, randomBytes }
    const { token } = await createToken(service.connection.db, made)

    const response = await fetch(`${service.address}/v1/signals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(SIGNAL),
    })

    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toContain('scope="signals:write"')
    expect(await response.json()).toMatchObject({ hint: expect.stringContaining('token create --scope signals:write') })
    expect(service.stored()).toEqual([])
  })

  it('refuses JSON that grows too large while it comes, and stores nothing of it', async () => {
    const row = `${JSON.stringify({ ...SIGNAL, id: 'x'.repeat(150) })},`

    const status = await service.stream(
      ['[', ...Array.from({ length: 90 }, () => row.repeat(1_000))],
      'application/json',
    )

    expect(status).toBe(413)
    expect(service.stored()).toEqual([])
  })

  it.each([
    ['a row of very many characters', `["${'x'.repeat(2_000_000)}"]`, 413, 'longer than 1048576 characters'],
    ['very deep nesting', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, 422, 'nested deeper than 32 levels'],
    ['an array that is not closed', '[{"id": "1"}', 400, 'The body is not valid JSON'],
    ['a row that is missing', '[1,]', 400, 'The body is not valid JSON'],
    ['words after the array', '[1] 2', 400, 'The body is not valid JSON'],
    ['two rows without a comma', '[{} {}]', 400, 'The body is not valid JSON'],
    ['a number that JSON does not know', '[{"value": NaN}]', 400, 'The body is not valid JSON'],
    ['a list whose object is not closed', '{"data": [{}]', 400, 'The body is not valid JSON'],
  ])('refuses %s', async (_, body, status, sentence) => {
    expect(await service.send(body)).toMatchObject([status, { error: expect.stringContaining(sentence) }])
    expect(service.stored()).toEqual([])
  })

  it.each([
    ['deep nesting', `{"id": ${'['.repeat(40)}${']'.repeat(40)}}`, 'nested deeper than 32 levels'],
    ['a name of every object', '{"__proto__": {"account_id": "acme"}}', 'the name "__proto__"'],
    ['such a name in disguise', '{"a": {"\\u005f_proto__": 1}}', 'the name "__proto__"'],
    ['a name of every function', '{"constructor": 1}', 'the name "constructor"'],
    ['very many values', `{${'"a":1,'.repeat(100_000)}"b":1}`, 'holds more than 10,000 values'],
  ])('rejects a row with %s alone, in JSON and in NDJSON', async (_, row, sentence) => {
    const rejected = { rejected: 1, rejects: [{ index: 1, row: 2, reason: expect.stringContaining(sentence) }] }
    const good = JSON.stringify(SIGNAL)

    expect(await service.send(row)).toMatchObject([422, { error: expect.stringContaining(sentence), rejected: 1 }])
    expect(await service.send(`[${good},${row}]`)).toMatchObject([200, { added: 1, ...rejected }])
    const ndjson = { 'content-type': 'application/x-ndjson' }
    expect(await service.send(`${good}\n${row}`, ndjson)).toMatchObject([200, { unchanged: 1, ...rejected }])
  })

  it.each([
    ['with a token', {}, 413],
    ['without a token', { authorization: '' }, 401],
  ])('cuts off a body that never ends, %s', async (_, headers, status) => {
    const { answered, sent } = await service.sendForEver(headers)

    expect(answered).toBe(status)
    expect(sent).toBeLessThan(200 * 1024 * 1024)
  })

  it('refuses in the middle of a body, and answers what comes next on the same connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const other = new Sqlite(service.url.replace('sqlite:', ''))
    other.exec('begin immediate')
    const rows = Array.from({ length: 40_000 }, (_, at) => JSON.stringify({ ...SIGNAL, id: `${at}` }))

    const refused = await answerTo(agent, '/v1/signals', rows.join('\n'))
    const next = await answerTo(agent, '/healthz')

    expect([refused.status, next.status]).toEqual([503, 200])
    expect(next.port).toBe(refused.port)
    other.close()
    agent.destroy()
  })
})

/** The status, and from which port of ours the request went out. */
function answerTo(agent: Agent, path: string, body?: string): Promise<{ status?: number; port?: number }> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : service.headers({ 'content-type': 'application/x-ndjson' })
    const sending = request(`${service.address}${path}`, {
      agent,
      headers,
      method: body === undefined ? 'GET' : 'POST',
    })
    sending.on('error', reject)
    sending.on('response', (response: IncomingMessage) => {
      const { statusCode: status, socket } = response
      const port = socket.localPort
      response.resume().on('end', () => resolve({ ...(status && { status }), ...(port && { port }) }))
    })
    sending.end(body)
  })
}
