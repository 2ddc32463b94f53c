import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OBSERVED_AT, RECEIVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { type Bench, setUpImport } from '../support/csv-import.ts'

const HEADER = 'account_id,text,observed_at,author,source,id,sentiment'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  await bench.import('accounts', bench.file('a.csv', 'id,name\nacme,Acme\nglobex,Globex\n'))
  bareOf(bench.connection).exec('delete from due_accounts')
})

afterEach(() => bench.end())

const load = async (rows: string, ...options: string[]) => {
  const { stdout, exit } = await bench.import(
    'comments',
    bench.file('c.csv', `${HEADER}\n${rows}\n`),
    '--json',
    ...options,
  )
  return { ...(JSON.parse(stdout) as Record<string, number>), exit }
}
const sentiments = () =>
  bench.rows(`select round(value, 2), ${OBSERVED_AT} as observed_at, ${RECEIVED_AT} from signals join metrics on metrics.key = metric
    where name = 'comment_sentiment' order by observed_at, value`)

const DAY = Date.UTC(2025, 11, 1)

describe('import comments', () => {
  it('keeps a comment, and its sentiment as a signal of a due account', async () => {
    const report = await load('acme,"We love it, thanks!",2025-12-01,jo@acme.example,survey,7,0.5')

    expect(report).toMatchObject({ read: 1, added: 1, exit: 0 })
    expect(bench.rows('select text, author, source, sentiment from comments')).toEqual([
      'We love it, thanks!|jo@acme.example|survey|0.5',
    ])
    expect(sentiments()).toEqual([`0.5|${DAY}|${bench.now}`])
    expect(bench.rows('select count(*) from due_accounts')).toEqual(['1'])
  })

  it('hears the sentiment where none is given', async () => {
    await load('acme,We are very unhappy,2025-12-01,,,,\nacme,Excellent work,2025-12-02,,,,')

    const [first, second] = bench.rows('select sentiment from comments order by observed_at').map(Number)
    expect(first).toBeLessThan(-0.3)
    expect(second).toBeGreaterThan(0.3)
  })

  it('changes nothing the second time, whatever the source', async () => {
    await load('acme,Fine,2025-12-01,,a,1,\nacme,Two of one day,2025-12-01,,,,\nacme,are two,2025-12-01,,,,')
    const again = await load(
      'acme,Fine,2025-12-01,,b,1,\nacme,Two of one day,2025-12-01,,,,\nacme,are two,2025-12-01,,,,',
    )

    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
    expect(bench.rows('select count(*) from comments')).toEqual(['3'])
  })

  it('takes the same id with other words for a correction, and keeps what was known before', async () => {
    await load('acme,Fine,2025-12-01,,,1,0.4')
    bench.now += 1_000
    const again = await load('acme,Not fine,2025-12-01,,,1,-0.4')

    expect(again).toMatchObject({ changed: 1 })
    expect(sentiments()).toEqual([`-0.4|${DAY}|${bench.now}`])
    expect(bench.rows('select value from signal_versions')).toEqual(['0.4'])
  })

  it('counts history as received when it was observed', async () => {
    await load('acme,Fine,2025-12-01,,,1,0.4', '--history')

    expect(sentiments()).toEqual([`0.4|${DAY}|${DAY}`])
  })

  it('writes nothing in a dry run, and counts what it would write', async () => {
    await load('acme,Fine,2025-12-01,,,1,0.4')
    const rows = 'acme,Other,2025-12-01,,,1,0.4\nacme,Fine,2025-12-02,,,2,\nnobody,x,2025-12-01,,,,'
    const before = bench.rows('select * from comments').concat(sentiments())

    const dry = await load(rows, '--dry-run')

    expect(dry).toEqual({ read: 3, added: 1, changed: 1, unchanged: 0, rejected: 1, notes: [], exit: 2 })
    expect(bench.rows('select * from comments').concat(sentiments())).toEqual(before)
    expect(await load(rows)).toEqual(dry)
  })

  it.each([
    ['no words', 'acme, ,2025-12-01,,,,', 'text is empty'],
    ['a sentiment in words', 'acme,x,2025-12-01,,,,good', 'sentiment "good" is not a finite number such as 12.5'],
    ['a sentiment on another scale', 'acme,x,2025-12-01,,,,5', 'sentiment "5" is outside -1 to 1'],
    ['no time', 'acme,x,,,,,', 'observed_at "" is not an ISO 8601 time'],
    ['an account that is not there', 'nobody,x,2025-12-01,,,,', 'no account "nobody"; import accounts first'],
    ['no account', ',x,2025-12-01,,,,', 'account_id is empty'],
  ])('rejects %s, and goes on', async (_, row, reason) => {
    const report = await load(`${row}\nacme,Fine,2025-12-01,,,,`)

    expect(report).toMatchObject({ read: 2, added: 1, rejected: 1, exit: 2 })
    const rejects = readFileSync(`${bench.folder}/c.csv.rejects.csv`, 'utf8')
    expect(rejects).toContain(reason.replaceAll('"', '""'))
  })
})
