import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RECEIVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { type Bench, setUpImport } from '../support/csv-import.ts'

/** More rows than are saved together. */
const FAR = Array.from({ length: 1_100 }, (_, index) => index)

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
})

afterEach(() => bench.end())

const between = (row: (index: number) => string) => FAR.map(row).join('\n')

const KINDS: readonly [kind: string, file: string, kept: string, last: string][] = [
  [
    'accounts',
    `id,name,arr\nacme,Acme,1\n${between(index => `x${index},X ${index},5`)}\nacme,Acme,2\n`,
    `select value from account_attributes join accounts on key = account where id = 'acme' and attribute = 'arr'`,
    '2',
  ],
  [
    'people',
    `email,name\nann@example.com,Ann\n${between(index => `p${index}@example.com,P`)}\nann@example.com,Ann B\n`,
    `select name from people where email = 'ann@example.com'`,
    'Ann B',
  ],
  [
    'comments',
    `account_id,text,observed_at,id\nacme,First words,2025-12-01,c1\n${between(
      index => `acme,Words ${index},2025-12-01,d${index}`,
    )}\nacme,Last words,2025-12-01,c1\n`,
    `select text from comments where id like '%:c1'`,
    'Last words',
  ],
]

describe('of two rows with one identity, far apart in a file of', () => {
  it.each(KINDS)('%s the last one counts, and the same file again changes nothing', async (kind, file, kept, last) => {
    if (kind === 'comments') await bench.import('accounts', bench.file('a.csv', 'id,name\nacme,Acme\n'))
    const path = bench.file('file.csv', file)

    const first = JSON.parse((await bench.import(kind, path, '--json')).stdout)
    const before = bench.rows(kept)
    bench.now += 1_000
    const second = JSON.parse((await bench.import(kind, path, '--json')).stdout)

    expect(first).toMatchObject({ read: 1_102, added: 1_101, changed: 1, unchanged: 0, rejected: 0 })
    expect(before.at(-1)).toBe(last)
    expect(second).toMatchObject({ read: 1_102, added: 0, changed: 0, unchanged: 1_102, rejected: 0 })
    expect(bench.rows(kept)).toEqual(before)
  })

  it('accounts is said, with its lines', async () => {
    const path = bench.file('a.csv', 'id,name,arr\nacme,Acme,1\nglobex,Globex,1\nglobex,Globex,1\nacme,Acme,2\n')

    const { notes } = JSON.parse((await bench.import('accounts', path, '--json')).stdout)

    expect(notes).toEqual([
      {
        kind: 'repeated_id',
        text: 'The id acme is on lines 2 and 5 with other values; its last row counts.',
        count: 1,
        example: 'lines 2 and 5',
      },
    ])
  })
})

it('a forgotten --history is fixed for comments as for signals: both were learned when they were observed', async () => {
  await bench.import('accounts', bench.file('a.csv', 'id,name\nacme,Acme\n'))
  const path = bench.file('c.csv', 'account_id,text,observed_at,id\nacme,Really unhappy,2025-12-01,c1\n')
  const learned = () => bench.rows(`select received_at from comments union all select ${RECEIVED_AT} from signals`)

  await bench.import('comments', path)
  const forgotten = learned()
  bench.now += 1_000
  const fixed = JSON.parse((await bench.import('comments', path, '--history', '--json')).stdout)
  const again = JSON.parse((await bench.import('comments', path, '--history', '--json')).stdout)

  expect(forgotten).toEqual([Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1)].map(String))
  expect(learned()).toEqual([Date.UTC(2025, 11, 1), Date.UTC(2025, 11, 1)].map(String))
  expect([fixed.changed, again.changed, again.unchanged]).toEqual([1, 0, 1])
})
