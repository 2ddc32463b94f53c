import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DecimalSign } from '../../src/ingest/cells/numbers.ts'
import { readCsv } from '../../src/ingest/files/csv.ts'
import { numbersOf } from '../../src/ingest/files/look-through.ts'
import { signalFile } from '../../src/ingest/load/signal-batches.ts'
import { SIGNAL_COLUMNS } from '../../src/ingest/signals/read-signal.ts'
import { WEEK } from '../../src/store/engine/signals/week.ts'

const NOW = Date.UTC(2026, 0, 1)

const ACCOUNTS = new Map([
  ['acme', 1],
  ['Acme Inc', 2],
  ['a,b', 3],
  ['Zoë', 4],
  ['1e+5', 5],
  ['"acme"', 6],
  ['#REF!', 7],
])

const account = fc.constantFrom(...ACCOUNTS.keys(), ' acme', 'acme\u200B', 'nobody', '', '"acme"', '"a ""b"', '#REF!')
const metric = fc.constantFrom(
  'nps',
  'logins',
  'Zahl der Logins',
  ' nps',
  'nps\u00AD',
  '',
  '"nps"',
  'm'.repeat(201),
  'n\u0000',
)
const value = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom(
    '1.234',
    '0.234',
    '1234.567',
    '-0',
    '+5',
    '.5',
    '5.',
    '1e3',
    '1,5',
    '',
    'many',
    '1 000',
    '0x10',
    '--1',
    '1.2.3',
  ),
  fc.constantFrom(
    '9007199254740993',
    '0.1234567890123456',
    '123456789012345',
    '12345678901234567',
    '007',
    '€ 5',
    '-1.234',
  ),
)
const time = fc.oneof(
  fc
    .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
    .map(date => date.toISOString()),
  fc.constantFrom(
    '2025-12-31',
    '2025-12-31T09:30:00Z',
    '2025-12-31 09:30:00',
    '2025-12-31T09:30:00.250Z',
    '2025-02-29',
    '2024-02-29',
  ),
  fc.constantFrom(
    '1900-02-29',
    '2000-02-29',
    '2025-13-01',
    '2025-12-31T24:00:00Z',
    '2025-12-31T09:30Z',
    '2025-12-31T09:30:60Z',
    '31.12.2025',
  ),
  fc.constantFrom(
    '2025-12-31T09:30:00+02:00',
    '2025-12-31T09:30:00.25Z',
    '2025-12-31Z',
    '2025-12-31T',
    '',
    '2025-12-31t09:30:00z',
    '2099-01-01',
  ),
)
const id = fc.constantFrom('', '', 'x', '~2', '1e+5', '12e+3', ' x', 'a b', 'é', 'i'.repeat(201), '"q"')
const source = fc.constantFrom('', 'crm', 'my crm', ' crm', 'é')
const row = fc.tuple(account, metric, value, time, source, id).map(cells => cells.join())
const odd = fc.constantFrom(
  '',
  '   ',
  ',,,,,',
  'acme,nps',
  'acme,nps,1,2025-12-31,,,',
  '"open',
  'close"',
  'a\rb',
  '\uFEFF',
  'acme,nps,"1\n2",2025-12-31,,',
)
const plain = fc.tuple(
  fc.constantFrom('acme', 'Acme Inc'),
  fc.constantFrom('nps', 'logins'),
  fc.integer(),
  fc.constantFrom('2025-12-31', '2025-12-31T09:30:00Z'),
)
const line = fc.oneof(
  { weight: 4, arbitrary: plain.map(cells => `${cells.join()},,`) },
  { weight: 4, arbitrary: row },
  odd,
)

const file = fc.record({
  lines: fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n')), { maxLength: 40 }),
  last: fc.oneof(line, fc.constant('')),
  header: fc.constantFrom(
    'account_id,metric,value,observed_at,source,id',
    '\uFEFFAccount ID,Metric,value,observed at,Source,ID',
  ),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  junk: fc.option(fc.uint8Array({ maxLength: 4 }), { nil: undefined }),
  chunk: fc.integer({ min: 1, max: 300 }),
  isHistory: fc.boolean(),
  decimal: fc.constantFrom(undefined, undefined, '.', ','),
})

it('a row that is read from its bytes says what it says as text, in every file', async () => {
  await fc.assert(
    fc.asyncProperty(file, async ({ lines, last, header, lineEnd, junk, chunk, isHistory, decimal }) => {
      const text = `${header}${lineEnd}${lines.map(([line, end]) => `${line}${end}`).join('')}${last}`
      const bytes = Buffer.concat([Buffer.from(text), junk ?? new Uint8Array()])
      const read = (asText: boolean) => rowsOf(bytes, { chunk, isHistory, decimal, asText })

      expect(await read(false)).toEqual(await read(true))
    }),
    { numRuns: 400 },
  )
})

type How = { chunk: number; isHistory: boolean; decimal: DecimalSign | undefined; asText: boolean }

async function rowsOf(bytes: Buffer, { chunk, isHistory, decimal, asText }: How) {
  const again = async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  const source = { name: 's.csv', chunks: again(), again }
  const csv = await readCsv(source, SIGNAL_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: SIGNAL_COLUMNS, columns: ['value'], decimal })
  const { bytes: _, ...text } = csv
  const file = signalFile(asText ? text : csv, numbers, { accounts: ACCOUNTS, now: NOW, isHistory }, [])
  const rows: unknown[] = []
  for await (const { batch, refused } of file.read()) {
    for (let at = 0; at < batch.length; at += 1) {
      const left = refused.find(({ place }) => place === at)
      const observedAt = (batch.week[at] ?? 0) * WEEK + (batch.time[at] ?? 0)
      rows.push(
        left ?? {
          observedAt,
          account: batch.account[at],
          metric: batch.metrics.all[batch.metric[at] ?? 0],
          source: batch.sources.all[batch.source[at] ?? 0],
          value: batch.value[at],
          receivedAt: observedAt + (batch.delay[at] ?? 0),
          id: batch.id[at],
        },
      )
    }
  }
  const lines = file.firstLines.map((line, at) => [line, at])
  return { rows, lines }
}
