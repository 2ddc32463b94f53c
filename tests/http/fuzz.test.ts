import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DOORS } from '../../src/http/doors/index.ts'
import { SCOPES } from '../../src/store/people/tokens.ts'
import { type Service, startService } from './service.ts'

const SOURCES = `
segment: {events: {"Signed In": logins}, distinct_users: {metric: active_users, over: 7d}}
stripe: {secret_env: A, account: metadata.account_id}
zendesk: {secret_env: A, account: organization.external_id}
intercom: {secret_env: A, account: company.company_id}
hubspot: {secret_env: A, account: properties.account_id}
`

let service: Service

beforeAll(async () => {
  service = await startService(SCOPES, SOURCES, { pause: 200, secretOf: () => 'secret' })
})

afterAll(() => service.end())

const paths = [
  ...DOORS.map(({ path }) => path),
  '/v1/openapi.json',
  '/healthz',
  '/readyz',
  '/v1/nothing',
  '/v1/%00',
  '/v1',
]

const odd = fc.oneof(
  fc.constantFrom(
    null,
    true,
    '',
    'acme',
    0,
    -1,
    1e308,
    '9',
    '2025-12-31',
    '2099-01-01',
    '\u0000',
    '\ud800',
    '=1+1',
    [],
    {},
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double({ noNaN: true }),
  fc.jsonValue({ maxDepth: 4 }),
)
const field = fc.constantFrom(
  ...[
    'id',
    'account_id',
    'metric',
    'value',
    'observed_at',
    'name',
    'Name',
    'arr',
    'email',
    'role',
    'text',
    'sentiment',
  ],
  ...[
    'outcome',
    'on_date',
    'type',
    'event',
    'userId',
    'groupId',
    'traits',
    'properties',
    'context',
    'timestamp',
    'messageId',
  ],
  ...['__proto__', 'constructor', '', 'renewal_on', 'data', 'batch'],
)
/** A row that can be taken, with something odd in it. */
const good = fc.constantFrom(
  { account_id: 'acme', metric: 'nps', value: 1, observed_at: '2025-12-31' },
  { id: 'acme', name: 'Acme' },
  { email: 'dana@example.com', name: 'Dana' },
  { account_id: 'acme', text: 'So so', observed_at: '2025-12-31' },
  { account_id: 'acme', outcome: 'renewed', on_date: '2025-12-31' },
  { type: 'track', event: 'Signed In', userId: 'u', context: { groupId: 'acme' }, timestamp: '2025-12-31' },
  { type: 'group', groupId: 'acme', userId: 'u', traits: { plan: 'pro' } },
)
const row = fc
  .tuple(fc.option(good, { nil: {} }), fc.dictionary(field, odd, { maxKeys: 4, noNullPrototype: false }))
  .map(([good, odd]) => ({ ...good, ...odd }))
const json = fc
  .oneof(
    row,
    fc.array(row, { maxLength: 5 }),
    fc.record({ data: fc.array(row) }),
    fc.record({ batch: fc.array(row) }),
    odd,
  )
  .map(value => Buffer.from(JSON.stringify(value) ?? ''))
const broken = fc.tuple(json, fc.nat()).map(([body, at]) => body.subarray(0, body.length === 0 ? 0 : at % body.length))
const body = fc.oneof(
  { weight: 4, arbitrary: json },
  broken,
  fc.array(json).map(lines => Buffer.from(lines.join('\n'))),
  fc.uint8Array({ maxLength: 200 }).map(Buffer.from),
  json.map(text => gzipSync(text)),
)
const request = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'),
  path: fc.constantFrom(...paths),
  type: fc.constantFrom(
    'application/json',
    'application/x-ndjson',
    'text/plain',
    'application/json; charset=utf-16',
    '',
  ),
  encoding: fc.constantFrom('identity', 'identity', 'gzip', 'br', 'x'),
  key: fc.constantFrom('', '', 'same', 'a b', 'x'.repeat(300)),
  auth: fc.constantFrom('bearer', 'bearer', 'basic', 'none', 'Bearer', 'Basic =='),
  sends: fc.constantFrom('length', 'chunked', 'too little', 'broken chunks'),
  body,
})
type Sent = typeof request extends fc.Arbitrary<infer T> ? T : never

/** The bytes of a request, right or wrong. */
function bytesOf({ method, path, type, encoding, key, auth, sends, body }: Sent): Buffer {
  const tokens = {
    bearer: `Bearer ${service.token}`,
    basic: `Basic ${Buffer.from(`${service.token}:`).toString('base64')}`,
  }
  const authorization = auth === 'bearer' || auth === 'basic' ? tokens[auth] : auth
  const length = sends === 'length' ? body.length : body.length + 50
  const isChunked = sends === 'chunked' || sends === 'broken chunks'
  const head = [
    `${method} ${path} HTTP/1.1`,
    'host: rounds',
    'connection: close',
    `authorization: ${authorization}`,
    `content-type: ${type}`,
    `content-encoding: ${encoding}`,
    ...(key === '' ? [] : [`idempotency-key: ${key}`]),
    isChunked ? 'transfer-encoding: chunked' : `content-length: ${length}`,
  ]
  const end = sends === 'chunked' ? '0\r\n\r\n' : sends === 'broken chunks' ? 'zz\r\n' : ''
  const chunk =
    body.length === 0
      ? Buffer.alloc(0)
      : Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')])
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), isChunked ? chunk : body, Buffer.from(end)])
}

/** Everything that comes back until the connection is closed. */
function answerTo(bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(service.port, '127.0.0.1')
    const late = setTimeout(() => reject(new Error('the connection hangs')), 20_000)
    let answer = ''
    socket.on('data', data => {
      answer += data.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(late)
      resolve(answer)
    })
    socket.write(bytes)
  })
}

it('answers whatever is sent to it in words: never with a 500, a stack trace, or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(request, async sent => {
      const answer = await answerTo(bytesOf(sent))

      expect(answer).toMatch(/^HTTP\/1\.1 (?!500)[2-5]\d\d /)
      expect(answer).not.toMatch(/\bat .*\.(ts|js|mjs):\d|node_modules|SQLITE_/)
    }),
    { numRuns: 400 },
  )
}, 240_000)
