import { describe, expect, it } from 'vitest'
import { numberReader } from '../../src/ingest/cells/numbers.ts'
import { readCsv } from '../../src/ingest/files/csv.ts'
import { SIGNAL_COLUMNS, signalInRow } from '../../src/ingest/signals/read-signal.ts'

const NOW = Date.UTC(2026, 0, 1)
const HOUR = 3_600_000

describe('a signal in a row', () => {
  it.each([
    ['a bare date: midnight UTC', '2025-12-31', Date.UTC(2025, 11, 31)],
    ['no offset: UTC', '2025-12-31T09:30:00', Date.UTC(2025, 11, 31, 9, 30)],
    ['a space for the T, and no seconds', '2025-12-31 09:30', Date.UTC(2025, 11, 31, 9, 30)],
    ['an offset', '2025-12-31T09:30:00+02:00', Date.UTC(2025, 11, 31, 7, 30)],
    ['a fraction', '2025-12-31T09:30:00.25Z', Date.UTC(2025, 11, 31, 9, 30, 0, 250)],
    ['a time before 1970', '1969-12-31T23:00:00Z', -HOUR],
    ['the future', '2099-01-01', Date.UTC(2099, 0, 1)],
  ])('may be observed at %s', async (_, written, observedAt) => {
    expect(await read({ observed_at: written })).toMatchObject({ observedAt, receivedAt: NOW })
  })

  it.each(['31/12/2025', '2025-02-30', '2025-13-01', 'yesterday', '', '1735689600000', '2025-1-5', '2025-12-31T25:00'])(
    'is rejected with the time %j',
    async written => {
      expect(await read({ observed_at: written })).toEqual({
        reason: `observed_at "${written}" is not an ISO 8601 time such as 2025-12-31 or 2025-12-31T09:30:00Z`,
      })
    },
  )

  it.each([
    ['-1.5', -1.5],
    ['1e3', 1_000],
    ['.5', 0.5],
    ['+7', 7],
  ])('takes the value %s', async (written, value) => {
    expect(await read({ value: written })).toMatchObject({ value })
  })

  it.each([
    ['NaN', 'value "NaN" is not a finite number such as 12.5'],
    ['Infinity', 'value "Infinity" is not a finite number such as 12.5'],
    ['1e999', 'value "1e999" is not a finite number such as 12.5'],
    ['0x10', 'value "0x10" is not a finite number such as 12.5'],
    ['85%', 'value "85%" is 85 or 0.85; write the number without %'],
    ['', 'value is empty; write a number such as 12.5'],
  ])('is rejected with the value %s', async (written, reason) => {
    expect(await read({ value: written })).toEqual({ reason })
  })

  it.each([
    ['an unknown account', { account_id: 'nobody' }, 'no account "nobody"; import accounts first'],
    ['a name of every object', { account_id: '__proto__' }, 'no account "__proto__"; import accounts first'],
    ['no account', { account_id: '' }, 'account_id is empty'],
    ['no metric', { metric: '' }, 'metric is empty'],
    ['a metric that is a novel', { metric: 'x'.repeat(201) }, 'metric has 201 characters; 200 is the most'],
    ['a control character', { id: 'a\u0007b' }, 'id "a\\u0007b" holds a control character'],
  ])('is rejected with %s', async (_, given, reason) => {
    expect(await read(given)).toEqual({ reason })
  })
})

async function read(given: Record<string, string>) {
  const row = { account_id: 'acme', metric: 'nps', value: '7', observed_at: '2025-12-31', source: '', id: '', ...given }
  const text = `${Object.keys(row)}\n${Object.values(row)}\n`
  async function* chunks() {
    yield Buffer.from(text)
  }
  const csv = await readCsv({ name: 'x.csv', chunks: chunks() }, SIGNAL_COLUMNS)
  const reception = { accounts: new Map([['acme', 1]]), now: NOW }
  const numbers = numberReader('.', false, async () => false)
  for await (const [first] of csv.batches) {
    if (first === undefined) continue
    if ('reason' in first) return { reason: first.reason }
    const read = signalInRow(csv, first, reception, numbers) ?? expect.fail('unsettled')
    return 'reason' in read ? { reason: read.reason } : read
  }
  throw new Error('no row')
}
