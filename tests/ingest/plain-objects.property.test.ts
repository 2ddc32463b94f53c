import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SentRow } from '../../src/ingest/http/sent-row.ts'
import { sentReader } from '../../src/ingest/http/signals/read-sent.ts'
import { openBatch } from '../../src/store/engine/signals/signal-batch.ts'

const NOW = Date.UTC(2026, 0, 1)

const ACCOUNTS = new Map([
  ['acme', 1],
  ['Acme Inc', 2],
  ['Zoë', 3],
])

const field = (...values: readonly unknown[]) =>
  fc.constantFrom<unknown>(...values, ' ', '', null, 7, true, [], {}, 'a\0')
const account = field(...ACCOUNTS.keys(), 'acme', ' acme', 'acme\u200B', 'nobody', '1e+5')
const metric = field('nps', 'logins', 'logins', ' nps', 'n\u00ADps', 'm'.repeat(201))
const value = fc.oneof(fc.double(), fc.integer(), field(-0, Number.POSITIVE_INFINITY, '7'))
const time = fc.oneof(
  fc
    .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map(at => at.toISOString()),
  field(
    '2025-12-31',
    '2025-12-31 09:30',
    ' 2025-12-31',
    '2025-12-31\u200B',
    '2025-02-30',
    '31.12.2025',
    '2099-01-01',
    '2025-12-3\u0131',
  ),
)
const source = field('crm', 'my crm', ' crm', 'é', 'c\u200Brm')
const id = field(
  'x',
  '~2',
  'a b',
  ' x',
  'x ',
  'é',
  'x\u200B',
  '1e+5',
  '12.5e+3',
  'a+b',
  '+',
  'i'.repeat(200),
  'i'.repeat(201),
)
const anyField = { account_id: account, metric, value, observed_at: time, source, id, more: field() }
const oneField = fc.oneof(...Object.entries(anyField).map(([name, values]) => values.map(value => ({ [name]: value }))))
const plain = fc.record({
  account_id: fc.constantFrom('acme', 'Acme Inc'),
  metric: fc.constantFrom('nps', 'logins'),
  value: fc.integer(),
  observed_at: fc.constantFrom('2025-12-31', '2025-12-31T09:30:00Z'),
})
const row = fc.oneof(
  { weight: 4, arbitrary: plain },
  { weight: 8, arbitrary: fc.tuple(plain, oneField).map(both => Object.assign({}, ...both)) },
  fc.record(anyField, { requiredKeys: [] }),
  fc.constantFrom<unknown>(null, 7, 'row', [], [1]),
)
const sent = fc.oneof(
  { weight: 9, arbitrary: row.map((value): SentRow['sent'] => ({ value })) },
  fc.constant<SentRow['sent']>({ reason: 'is empty' }),
)

it('a row that is taken as it was sent says what the checks say of it, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 40 }), rows => {
      expect(readAll(rows, false)).toEqual(readAll(rows, true))
    }),
    { numRuns: 1_000 },
  )
})

function readAll(rows: readonly SentRow['sent'][], areChecked: boolean) {
  const batch = openBatch()
  const reception = { accounts: ACCOUNTS, now: NOW }
  const read = areChecked
    ? sentReader(batch, reception, { take: () => false, learn: () => {} })
    : sentReader(batch, reception)
  return rows.map((sent, at) => {
    const left = read(sent)
    expect(batch.length).toBe(at + 1)
    if (left !== undefined) return left
    const { week, time, account, value, delay, id } = batch
    return {
      ...{ week: week[at], time: time[at], account: account[at], value: value[at], delay: delay[at], id: id[at] },
      metric: batch.metrics.all[batch.metric[at] ?? 0],
      source: batch.sources.all[batch.source[at] ?? 0],
    }
  })
}
