import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readRows } from '../../src/ingest/http/http-body.ts'
import { openSignals } from '../../src/ingest/http/signals/receive-signals.ts'
import { namedFacts } from '../../src/model/named-facts.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { migratedDatabase } from '../support/migrated.ts'

const NOW = Date.UTC(2026, 0, 1)
const FACTS = namedFacts(loadSettings(undefined))
const ACCOUNTS = ['acme', 'Acme Inc', 'a+b', 'Zoë']

const text = (...values: readonly string[]) => fc.constantFrom(...values.map(value => JSON.stringify(value)))
const odd = fc.constantFrom('null', 'true', '[]', '{"a":1}', '""', '" "', '7', '"\\u0061cme"', '"n\\tps"', '"x', '')
const account = fc.oneof(
  { weight: 8, arbitrary: text(...ACCOUNTS) },
  text(' acme', 'nobody', 'acme\u200B', '1e+5', '__proto__', 'a"b'),
  odd,
)
const metric = fc.oneof(
  { weight: 8, arbitrary: text('nps', 'logins', 'Zahl der Logins', 'm'.repeat(200)) },
  text(' nps', 'nps ', 'n\u00ADps', 'm'.repeat(201), 'é', 'constructor'),
  odd,
)
const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer().map(String) },
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    '-0',
    '0',
    '1e5',
    '1E-5',
    '0x10',
    '007',
    '-01',
    '1.',
    '.5',
    '+5',
    '-',
    '1-2',
    '1.2.3',
    'NaN',
    '1.234',
  ),
  fc.constantFrom('9007199254740993', '12345678901234567890', '0.1234567890123456', '123456789012345', '1e999'),
  odd,
)
const time = fc.oneof(
  {
    weight: 6,
    arbitrary: text('2025-12-31', '2025-12-31T09:30:00Z', '2025-12-30T09:30:00.250Z', '2025-12-31 09:30:00'),
  },
  text(
    '2025-02-29',
    '2025-12-31T24:00:00Z',
    '2025-12-31T09:30Z',
    '2025-12-31T09:30:00+02:00',
    '2099-01-01',
    ' 2025-12-31',
  ),
  text('2025-12-31T09:30:00.25Z', '2025-12-31t09:30:00z', '31.12.2025', '2025'),
  odd,
)
const source = fc.oneof(text('crm', 'my crm', '', ' crm', 'é', 's'.repeat(201)), odd)
const id = fc.oneof(text('x', 'y', '~2', '', ' x', 'a b', 'a+b', 'é', '1e+5', 'i'.repeat(200), 'i'.repeat(201)), odd)

const fields = { account_id: account, metric, value, observed_at: time }
const more = { source, id, note: odd, sourse: text('crm'), value }
const row = fc
  .tuple(
    fc.record(fields, { requiredKeys: [] }),
    fc.record(more, { requiredKeys: [] }),
    fc.boolean(),
    fc.constantFrom([':', ','], [': ', ', '], [' : ', ' ,'], [':  ', ',\t']),
  )
  .map(([fields, more, isBackwards, [colon, comma]]) => {
    const members = [...Object.entries(fields), ...Object.entries(more)].map(
      ([name, text]) => `"${name}"${colon}${text}`,
    )
    return `{${(isBackwards ? members.reverse() : members).join(comma)}}`
  })
const plain = fc
  .tuple(text('acme', 'Acme Inc'), text('nps', 'logins'), fc.integer(), text('2025-12-31', '2025-12-31T09:30:00Z'))
  .map(([a, m, v, t]) => `{"account_id":${a},"metric":${m},"value":${v},"observed_at":${t}}`)
const junk = fc.constantFrom(
  '',
  '  ',
  '\uFEFF',
  '{',
  '}',
  '{}',
  '[]',
  'null',
  '7',
  '{"account_id"',
  '{"account_id":"acme"',
  'é{}',
)
const line = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 6, arbitrary: row },
  row.map(text => `${text} `),
  row.map(text => ` ${text}`),
  plain.map(text => text.slice(0, -3)),
  junk,
)
const body = fc.record({
  lines: fc.array(
    fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n'), fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 2, 600)),
    {
      maxLength: 25,
    },
  ),
  first: fc.constantFrom('', '\uFEFF', '\n'),
  last: fc.oneof(line, fc.constant('')),
  tail: fc.option(fc.uint8Array({ maxLength: 4 }), { nil: undefined }),
  chunk: fc.constantFrom(7, 100, 4_096, 70_000),
})
type Body = typeof body extends fc.Arbitrary<infer T> ? T : never

it('a body says the same whether its plain rows are read from their bytes or all of them as text', async () => {
  await fc.assert(
    fc.asyncProperty(body, async sent => {
      expect(await receive(sent, true)).toEqual(await receive(sent, false))
    }),
    { numRuns: 40 },
  )
}, 240_000)

async function receive({ lines, first, last, tail, chunk }: Body, mayBePlain: boolean) {
  const written = lines.map(([line, end, times]) => `${line}${end}`.repeat(times))
  const bytes = Buffer.concat([Buffer.from([first, ...written, last].join('')), tail ?? new Uint8Array()])
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  const connection = await migratedDatabase()
  await saveAccounts(
    connection.db,
    ACCOUNTS.map(id => ({ id, name: id, attributes: new Map() })),
    NOW,
  )
  const intake = openSignals({ connection, now: NOW, facts: FACTS })
  const form = { contentType: 'application/x-ndjson', list: 'data', noun: 'signal' }
  for await (const rows of readRows(chunks(), form, mayBePlain ? intake.plain : undefined)) await intake.take(rows)
  const received = await intake.end()
  await intake.close()
  const sqlite = bareOf(connection)
  const stored = STORED.map(query => sqlite.prepare(query).raw().all())
  await connection.close()
  return { received, stored }
}

const STORED = [
  `select week, account, m.name, time_in_week, id, value, delay, s.name from signals
    join metrics m on m.key = metric join sources s on s.key = source order by 1, 2, 3, 4, 5`,
  'select account, m.name, series.first_at, newest_at from series join metrics m on m.key = metric order by 1, 2',
  `select account, m.name, observed_at, id, version, value, received_at from signal_versions
    join metrics m on m.key = metric order by 1, 2, 3, 4, 5`,
  'select account, news > 0 from due_accounts order by 1',
  'select source, received, rejected from source_counts order by 1',
  'select metric, source, newest_by_day from feeds order by 1, 2',
]
