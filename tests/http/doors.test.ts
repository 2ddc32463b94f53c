import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAudit } from '../../src/store/audit/audit.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { findPersonOrNone } from '../../src/store/people/people.ts'
import { NOW, type Service, SIGNAL, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService(['signals:write', 'accounts:write', 'people:write', 'comments:write', 'outcomes:write'])
})

afterEach(() => service.end())

const NDJSON = { 'content-type': 'application/x-ndjson' }
const ndjson = (rows: readonly unknown[]) => rows.map(row => JSON.stringify(row)).join('\n')

describe('every door', () => {
  it.each([
    ['/v1/signals', SIGNAL],
    ['/v1/accounts', { id: 'globex', name: 'Globex' }],
    ['/v1/people', { email: 'dana@example.com' }],
    ['/v1/comments', { account_id: 'acme', text: 'Thanks', observed_at: '2025-12-31' }],
    ['/v1/outcomes', { account_id: 'acme', outcome: 'churned', on_date: '2025-12-31', arr: 5 }],
  ])(
    '%s takes one row, an array, {"data": [...]} and NDJSON, and the same again changes nothing',
    async (path, row) => {
      const counts = { read: 1, changed: 0, rejected: 0, rejects: [] }

      expect(await service.post(row, path)).toMatchObject([200, { ...counts, added: 1, unchanged: 0 }])

      const again = [200, { ...counts, added: 0, unchanged: 1 }]
      expect(await service.post([row], path)).toMatchObject(again)
      expect(await service.post({ sent_by: ['etl'], data: [row], more: true }, path)).toMatchObject(again)
      expect(await service.send(ndjson([row]), NDJSON, path)).toMatchObject(again)
      expect(await service.send(ndjson([row]), { 'content-type': 'application/jsonl' }, path)).toMatchObject(again)
    },
  )

  it.each(['/v1/accounts', '/v1/people', '/v1/comments', '/v1/outcomes', '/v1/signals'])(
    '%s says every reason, field by field',
    async path => {
      const wrong = {
        '/v1/accounts': { id: 'x', name: 'X', arr: -5, renewal_on: 'soon', plan: { a: 1 } },
        '/v1/people': { email: 'dana', role: 'boss', time_zone: 'Mars' },
        '/v1/comments': { account_id: 'nobody', text: '', observed_at: 'later', sentiment: 3 },
        '/v1/outcomes': { account_id: 'nobody', outcome: 'left', on_date: 'later', arr: -1 },
        '/v1/signals': { account_id: 'nobody', metric: '', value: '9', observed_at: 'later' },
      }[path]

      const [status, answer] = await service.post(wrong, path)

      expect(status).toBe(422)
      const [{ problems, index, row }] = answer.rejects as [
        { problems: { field: string; remedy: string }[]; index: number; row: number },
      ]
      expect([index, row]).toEqual([0, 1])
      const fields = {
        '/v1/accounts': ['arr', 'plan', 'renewal_on'],
        '/v1/people': ['email', 'role', 'time_zone'],
        '/v1/comments': ['account_id', 'observed_at', 'sentiment', 'text'],
        '/v1/outcomes': ['account_id', 'arr', 'on_date', 'outcome'],
        '/v1/signals': ['account_id', 'metric', 'observed_at', 'value'],
      }[path]
      expect(problems.map(({ field }) => field).sort()).toEqual(fields)
      for (const { remedy } of problems) expect(remedy).toMatch(/^[A-Z].*\.$/s)
    },
  )
})

describe('POST /v1/accounts', () => {
  const attributes = () =>
    bareOf(service.connection)
      .prepare("select attribute || '=' || coalesce(value, '-') from account_attributes order by 1")
      .pluck()
      .all()

  it('means what the import means: absent changes nothing, null and "" clear, names of fields are matched', async () => {
    await service.post({ id: 'acme', name: 'Acme', arr: 48_000, Segment: 'smb', plan: 'pro', seats: 5 }, '/v1/accounts')

    expect(await service.post({ id: 'acme', 'Renewal On': '2026-05-01' }, '/v1/accounts')).toMatchObject([
      200,
      { changed: 1 },
    ])
    expect(attributes()).toEqual(['arr=48000', 'plan=pro', 'renewal_on=2026-05-01', 'seats=5', 'segment=smb'])

    await service.post({ id: 'acme', name: 'Acme', arr: null, plan: '' }, '/v1/accounts')
    expect(attributes()).toEqual(['arr=-', 'plan=-', 'renewal_on=2026-05-01', 'seats=5', 'segment=smb'])
  })

  it('keeps what every row of an account says, the last word of each field', async () => {
    const rows = [
      { id: 'acme', arr: 1, plan: 'a' },
      { id: 'acme', plan: 'b' },
      { id: 'acme', seats: 3 },
    ]

    expect(await service.post(rows, '/v1/accounts')).toMatchObject([200, { changed: 1, unchanged: 2 }])
    expect(attributes()).toEqual(['arr=1', 'plan=b', 'seats=3'])
    expect(await service.post(rows, '/v1/accounts')).toMatchObject([200, { changed: 0, unchanged: 3 }])
  })

  it('needs a name for a new account, and refuses one id with two names', async () => {
    const [, answer] = await service.post(
      [{ id: 'new' }, { id: 'new', name: 'New' }, { id: 'new', name: 'Other' }, { id: 'acme' }],
      '/v1/accounts',
    )

    expect(answer).toMatchObject({
      added: 1,
      rejects: [
        { index: 0, problems: [{ field: 'name', remedy: 'A new account needs one.' }] },
        { index: 2, problems: [{ field: 'id' }] },
      ],
    })
  })

  it('notes what the import notes, and who changed accounts', async () => {
    const [, answer] = await service.post(
      [{ id: 'a', name: 'A', owner: 'x@y.example', renewal_date: '2026-05-01' }],
      '/v1/accounts',
    )

    expect(answer).toMatchObject({ notes: [{ kind: 'near_miss' }, { kind: 'unknown_owner', example: 'x@y.example' }] })
    expect(await readAudit(service.connection.db, {})).toMatchObject([
      { who: 'token crm', act: 'import.accounts', isNow: '1 added, 0 changed' },
    ])
  })
})

describe('POST /v1/people', () => {
  it('means what the import means', async () => {
    await service.post([{ email: 'Dana@Example.com', name: 'Dana', role: 'CSM', slack_id: 'U1' }], '/v1/people')
    await service.post([{ email: 'dana@example.com', name: null }], '/v1/people')

    const person = await findPersonOrNone(service.connection.db, 'dana@example.com')
    expect(person).toMatchObject({ email: 'dana@example.com', role: 'csm' })
    expect(person?.name).toBeUndefined()
  })
})

describe('POST /v1/comments', () => {
  it('hears the tone, and makes it a signal', async () => {
    await service.post({ account_id: 'acme', text: 'I love it', observed_at: '2025-12-31' }, '/v1/comments')
    await service.post({ account_id: 'acme', text: 'so so', observed_at: '2025-12-31', sentiment: -1 }, '/v1/comments')

    const comments = bareOf(service.connection)
      .prepare('select source, sentiment > 0 as good from comments order by 2')
      .all()
    expect(comments).toEqual([
      { source: 'api', good: 0 },
      { source: 'api', good: 1 },
    ])
    expect(service.stored()).toHaveLength(2)
  })
})

/** So that 4,000 rows are 20 MB. */
const FILLING = 'x'.repeat(5_000)

describe('a body', () => {
  it('may be packed with gzip', async () => {
    const packed = new Uint8Array(
      await new Response(
        new Blob([JSON.stringify([SIGNAL])]).stream().pipeThrough(new CompressionStream('gzip')),
      ).arrayBuffer(),
    )

    expect(await service.send(packed, { 'content-encoding': 'gzip' })).toMatchObject([200, { added: 1 }])
  })

  it('of NDJSON may be larger than JSON may be, and its last row of an identity wins, however far apart', async () => {
    const row = (at: number) => `${JSON.stringify({ ...SIGNAL, id: String(at % 1_000), value: at, more: FILLING })}\n`
    const lines = (from: number) => Array.from({ length: 100 }, (_, at) => row(from + at)).join('')

    const status = await service.stream(Array.from({ length: 40 }, (_, at) => lines(at * 100)))

    expect(status).toBe(200)
    expect(service.stored()).toHaveLength(1_000)
    expect(service.stored()).toContain(`nps|3999|${NOW}|api|999`)
  })

  it('of NDJSON that breaks off leaves whole rows, and the same again completes it', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => ({ ...SIGNAL, id: String(at) }))
    const body = ndjson(rows)
    await service.breakOff([body.slice(0, 300_000)])

    expect(await service.send(body, NDJSON)).toMatchObject([200, { read: 5_000, changed: 0, rejected: 0 }])
    expect(service.stored()).toHaveLength(5_000)
  })
})
