import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOW, type Service, SIGNAL, startService } from './service.ts'

let service: Service

beforeEach(async () => {
  service = await startService()
})

afterEach(() => service.end())

describe('POST /v1/signals', () => {
  it('takes an array, stamps now, and acknowledges the same again', async () => {
    const both = [SIGNAL, { ...SIGNAL, metric: 'logins', source: 'app', id: 'x' }]

    expect(await service.post(both)).toEqual([
      200,
      { read: 2, added: 2, changed: 0, unchanged: 0, rejected: 0, rejects: [], notes: [] },
    ])
    expect(await service.post(both)).toEqual([
      200,
      { read: 2, added: 0, changed: 0, unchanged: 2, rejected: 0, rejects: [], notes: [] },
    ])

    expect(service.stored()).toEqual([`logins|9|${NOW}|app|x`, `nps|9|${NOW}|api|`])
  })

  it('takes a single signal, and a correction of it', async () => {
    await service.post(SIGNAL)

    expect(await service.post({ ...SIGNAL, value: 3 })).toMatchObject([200, { changed: 1 }])

    expect(service.stored()).toEqual([`nps|3|${NOW}|api|`])
  })

  it('numbers rows without an id that share account, metric and time, rejected ones too, and says so', async () => {
    const [, report] = await service.post([
      SIGNAL,
      { ...SIGNAL, value: 'x' },
      { ...SIGNAL, value: 4 },
      { ...SIGNAL, value: 1, id: 'a' },
    ])

    expect(report).toMatchObject({
      added: 3,
      rejects: [{ row: 2, id: '~2' }],
      notes: [{ kind: 'same_time', count: 2 }],
    })
    expect(await service.post([SIGNAL])).toMatchObject([200, { unchanged: 1, notes: [] }])
  })

  it('lets the last of several rows with one id win, and says of the same request again that nothing changed', async () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => ({ ...SIGNAL, id: 'x', value: at }))
    expect(await service.post(rows)).toMatchObject([200, { added: 1, changed: 1, unchanged: 2_998 }])

    expect(await service.post(rows)).toMatchObject([200, { added: 0, changed: 0, unchanged: 3_000 }])

    expect(service.stored()).toEqual([`nps|2999|${NOW}|api|x`])
  })

  it('takes no account of characters that nobody sees', async () => {
    await service.post(SIGNAL)

    const sent = { ...SIGNAL, account_id: `\u200B${SIGNAL.account_id}`, metric: `${SIGNAL.metric}\u2060`, id: '\uFEFF' }
    expect(await service.post(sent)).toMatchObject([200, { unchanged: 1 }])
  })

  it.each([
    ['a number in quotes', { ...SIGNAL, value: '9' }, 'value "9" is not a finite JSON number'],
    ['no value', { ...SIGNAL, value: undefined }, 'value is missing'],
    ['null for a value', { ...SIGNAL, value: null }, 'value "null" is not a finite JSON number'],
    ['a number for an account', { ...SIGNAL, account_id: 5 }, 'account_id "5" is not text'],
    ['an unknown account', { ...SIGNAL, account_id: '__proto__' }, 'no account "__proto__"; import accounts first'],
    [
      'no time',
      { ...SIGNAL, observed_at: 'now' },
      'observed_at "now" is not an ISO 8601 time such as 2025-12-31 or 2025-12-31T09:30:00Z',
    ],
    ['nothing', null, '"null" is not a signal, which is an object with account_id, metric, value, observed_at'],
    ['a blank metric', { ...SIGNAL, metric: ' ' }, 'metric is empty'],
  ])('rejects a row with %s and takes the others', async (_, row, reason) => {
    expect(await service.post([SIGNAL, row])).toMatchObject([
      200,
      { added: 1, rejected: 1, rejects: [{ row: 2, reason }] },
    ])
  })

  it('rejects only the broken lines of NDJSON', async () => {
    const lines = [JSON.stringify(SIGNAL), '{"account_id": ', '', JSON.stringify({ ...SIGNAL, metric: 'logins' })]

    const [status, report] = await service.send(lines.join('\n'), {
      'content-type': 'application/x-ndjson; charset=utf-8',
    })

    expect([status, report]).toMatchObject([200, { read: 3, added: 2, rejected: 1, rejects: [{ row: 2 }] }])
  })

  it('lists 1,000 rejects and counts them all', async () => {
    const [, report] = await service.post(Array.from({ length: 1_500 }, () => 7))

    expect(report).toMatchObject({ rejected: 1_500 })
    expect(report.rejects).toHaveLength(1_000)
  })
})
