import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Bench, setUpImport } from '../support/csv-import.ts'
import { dateCell, workbook } from '../support/workbook.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  bench.now = Date.UTC(2026, 10, 20, 12)
})

afterEach(() => bench.end())

const known = () =>
  bench.import(
    'accounts',
    bench.file('accounts.csv', 'id,name,domain\n501,Larkspur Mills,larkspurmills.test\n503,Perrin & Søn,perrin.test\n'),
  )

const looked = async (...words: string[]) => JSON.parse((await bench.map(...words, '--json')).stdout)

describe('map', () => {
  it('says what a file is, how its rows would load, and writes nothing', async () => {
    const text =
      'Customer;CSM;Mood;Contract value;Renewal;Note\nLarkspur Mills;Noor Haddad;Green;48.000,00 €;31.3.2027;"Happy; wants more"\n'
    const file = bench.file('notes.csv', Buffer.from(text.replace('€', '\x80'), 'latin1'))

    const { stdout, exit } = await bench.map(file)

    expect(exit).toBe(0)
    expect(stdout).toContain('notes.csv is CSV in WINDOWS-1252, separated by semicolons: 1 row, 6 columns.')
    expect(stdout).toContain('It looks like: A list of accounts.')
    expect(stdout).toContain(
      'id: larkspur-mills | name: Larkspur Mills | owner: Noor Haddad | arr: 48000 | renewal_on: 2027-03-31',
    )
    expect(bench.rows('select count(*) from accounts')).toEqual(['0'])
  })

  it('saves a mapping by which the next file loads without a question', async () => {
    await known()
    const sheet = (mood: string) =>
      workbook({
        Health: [
          ['Customer health, November'],
          [],
          ['Company', 'Health', 'Last contact', 'Comment'],
          ['Larkspur Mills', mood, dateCell(46_340), 'They love the planner'],
          ['Perrin and Soen', 'Yellow', dateCell(46_341), ''],
          ['Total', 2],
        ],
      })

    await bench.map(bench.file('november.xlsx', sheet('Green')), '--save', 'health')
    const { stdout } = await bench.import(bench.file('december.xlsx', sheet('Red')), '--map', 'health', '--json')

    const saved = parse(readFileSync(join(bench.folder, 'maps', 'health.yaml'), 'utf8'))
    expect(saved.columns).toEqual(['Company', 'Health', 'Last contact', 'Comment'])
    expect(JSON.parse(stdout)).toMatchObject({ read: 2, rejected: 0 })
    expect(
      bench.rows("select value from signals join metrics on key = metric where name = 'csm_pulse' order by 1"),
    ).toEqual(['1', '3'])
  })

  it('does not replace a mapping of that name unless told to', async () => {
    const file = bench.file('a.csv', 'id,name\na,A\n')
    await bench.map(file, '--save', 'mine')
    writeFileSync(join(bench.folder, 'maps', 'mine.yaml'), '# by hand\n')

    await expect(bench.map(file, '--save', 'mine')).rejects.toMatchObject({ code: 'mapping_exists' })
    await bench.map(file, '--save', 'mine', '--force')

    expect(readFileSync(join(bench.folder, 'maps', 'mine.yaml'), 'utf8')).toContain('id: id')
  })

  it('saves nothing while the dates of a column could be of two countries', async () => {
    await known()
    const file = bench.file('t.csv', 'company_id,day,active_users\n501,03/04/2026,5\n503,04/04/2026,6\n')

    const { stdout, exit } = await bench.map(file)
    await expect(bench.map(file, '--save', 'usage')).rejects.toMatchObject({ code: 'undecidable' })

    expect(exit).toBe(1)
    expect(stdout).toContain(
      '! The dates of "day" cannot be read: nothing in it says whether "03/04/2026" has the day or the month first.',
    )
    expect(existsSync(join(bench.folder, 'maps', 'usage.yaml'))).toBe(false)
    await bench.map(file, '--save', 'usage', '--dates', 'day-first')
    expect(readFileSync(join(bench.folder, 'maps', 'usage.yaml'), 'utf8')).toContain('{column: day, date: day-first}')
  })

  it('finds the second file by which the first one says whose its rows are', async () => {
    await known()
    const contracts = bench.file('contracts.csv', 'contract,company,plan\nK1,501,team\nK2,503,solo\n')
    const usage = bench.file(
      'usage.csv',
      'contract,feature,used_on,day,count\nK1,plan,x,2026-11-01,4\nK2,plan,x,2026-11-02,2\nK1,print,x,2026-11-01,1\n',
    )

    await bench.map(usage, '--with', contracts, '--save', 'usage')
    await bench.import(usage, '--with', contracts, '--map', 'usage')
    await expect(bench.import(usage, '--map', 'usage')).rejects.toMatchObject({ code: 'missing_file' })

    expect(
      bench.rows("select value from signals join metrics on key = metric where name = 'key_feature_uses' order by 1"),
    ).toEqual(['2', '5'])
  })

  it('proposes who is a customer where a list holds prospects', async () => {
    const file = bench.file('c.csv', 'id,name,lifecycle stage\na,A,Customer\nb,B,Sales Qualified Lead\n')

    expect((await looked(file)).customers).toBe(
      'customers: {not: {attribute: lifecycle, one_of: [churned, closed, sales qualified lead]}}',
    )
  })

  it('says of metrics that nobody reads which were meant', async () => {
    await known()
    const file = bench.file(
      's.csv',
      'account_id,metric,value,observed_at\n501,Weekly Active Users,5,2026-11-01\n501,NPS,9,2026-11-01\n',
    )

    const { yaml, becomes } = await looked(file)

    expect(parse(yaml).signals[0].metric.words).toEqual({ 'Weekly Active Users': 'active_users', NPS: 'nps' })
    expect(becomes).toMatchObject([
      { kind: 'signals', count: 2, first: [{ metric: 'active_users' }, { metric: 'nps' }] },
    ])
  })

  it('says what would be rejected and left out, with reasons, lines and counts', async () => {
    await known()
    const rows = [
      '501,9,2026-11-01',
      'nobody,9,2026-11-01',
      '503,many,2026-11-01',
      '503,3,yesterday',
      'none,4,2026-11-02',
    ]
    const file = bench.file('n.csv', `account_id,nps,date\n${rows.join('\n')}\n`)

    const { rejected, rejected_rows } = await looked(file)

    expect(rejected_rows).toBe(4)
    expect(rejected).toMatchObject([
      { reason: 'no account has the id "nobody"; import accounts first', count: 2, line: 3 },
      { reason: 'nps "many" is not a number', count: 1, line: 4 },
      { reason: 'date "yesterday" is not a date such as 2025-12-31', count: 1, line: 5 },
    ])
  })

  it('knows an export of a tool, and reads the figures that a team added to it', async () => {
    const file = bench.file(
      'h.csv',
      'Record ID,Company name,Company owner,Lifecycle Stage,Seats,Renewal month\n1,A,Noor,Customer,40,2027-03-31\n',
    )

    const { mapping, becomes, unread } = await looked(file)

    expect(mapping).toBe('hubspot-companies')
    expect(becomes).toMatchObject([
      { kind: 'accounts', first: [{ id: '1', renewal_on: '2027-03-31' }] },
      { kind: 'signals', first: [{ metric: 'seats', value: '40', observed_at: expect.stringMatching(/^20/) }] },
    ])
    expect(unread).toEqual([])
  })

  it('dates a report that has one row for each account by its own column, and renames nobody', async () => {
    await known()
    const file = bench.file(
      'r.csv',
      'Kundennummer;Datum;Aktive Nutzer;Logins\n501;01.11.2026;20;250\n503;13.11.2026;5;75\n',
    )

    const { becomes, unread } = await looked(file)

    expect(becomes).toMatchObject([
      { kind: 'signals', first: [{ observed_at: '2026-11-01T00:00:00.000Z' }, {}, {}, {}] },
    ])
    expect(unread).toEqual([])
  })

  it('asks what a dot means where semicolons part the cells', async () => {
    await known()
    const file = bench.file('l.csv', 'Kundennummer;Datum;Logins\n501;13.11.2026;1.250\n503;14.11.2026;75\n')

    const { problems } = await looked(file)
    await bench.map(file, '--save', 'logins', '--decimal', ',')
    const { exit } = await bench.import(file, '--map', 'logins', '--decimal', ',')

    expect(problems).toEqual([expect.stringContaining('nothing in it says whether "1.250" on line 2 is 1.25 or 1250')])
    expect(exit).toBe(0)
    expect(bench.rows('select value from signals order by value')).toEqual(['75', '1250'])
  })

  it('dates the figures of a new list of accounts by its week', async () => {
    const file = bench.file(
      'w.csv',
      'Company,Week ending,Active users\nLarkspur Mills,2026-11-14,20\nPerrin,2026-11-14,5\n',
    )

    const { becomes } = await looked(file)

    expect(becomes[1]).toMatchObject({ kind: 'signals', first: [{ observed_at: '2026-11-14T00:00:00.000Z' }, {}] })
  })

  it('gives accounts that are there no names where a file has only their ids', async () => {
    await known()
    const file = bench.file('s.csv', 'account_id,plan,seats\n501,team,20\n503,solo,5\n')

    const { becomes } = await looked(file)

    expect(becomes[0].first[0]).toMatchObject({ id: '501', name: 'Larkspur Mills', plan: 'team' })
  })

  it('says in a sentence that it does not understand a file', async () => {
    await expect(bench.map(bench.file('x.csv', 'color,shape\nred,round\n'))).rejects.toMatchObject({
      code: 'not_understood',
      message: expect.stringContaining('Its columns are color, shape.'),
    })
  })
})

describe('what is wrong with a file', () => {
  it.each([
    [
      'three forms of dates',
      'account_id,nps,date\n501,9,2026-11-01\n501,8,11/14/2026\n501,7,14.11.2026\n',
      'it mixes forms: "2026-11-01" on line 2 is iso',
    ],
    [
      'three forms of dates, each in one row of signals',
      'account_id,metric,value,observed_at\n501,seats,9,2026-11-01\n503,seats,8,11/14/2026\n501,nps,7,14.11.2026\n',
      '! The dates of "observed_at" cannot be read: it mixes forms',
    ],
    [
      'a report whose day and month may be swapped',
      'account_id,day,active users\n501,03/04/2026,9\n503,05/06/2026,8\n',
      '! The dates of "day" cannot be read: nothing in it says',
    ],
    [
      'dates of two countries',
      'account_id,nps,date\n501,9,11/14/2026\n501,8,14/11/2026\n',
      'it mixes dates of two countries',
    ],
    ['a year to come', 'account_id,nps,date\n501,9,2099-11-01\n', 'would be dated after 2026-11-22'],
    ['NaN', 'account_id,nps,date\n501,NaN,2026-11-01\n501,9,2026-11-01\n', 'nps "NaN" is not a number'],
    [
      'a quote that never closes',
      'account_id,nps,date\n501,9,2026-11-01\n501,"8,2026-11-02\n',
      'the quote that opens on line 3 is never closed',
    ],
    [
      'an error of a formula',
      'account_id,nps,date\n501,#REF!,2026-11-01\n501,9,2026-11-01\n',
      'nps holds the spreadsheet error #REF!',
    ],
  ])('is said with its place: %s', async (_, text, sentence) => {
    await known()

    const { stdout } = await bench.map(bench.file('n-2026-11-20.csv', text))

    expect(stdout).toContain(sentence)
  })

  it.each([
    ['no rows', 'account_id,nps,date\n', 'has columns and no rows'],
    ['a row without end', `id,name\na,"${'x'.repeat(1_200_000)}`, 'has no row that can be read. Line 2: the quote'],
    ['a header without end', 'x'.repeat(1_200_000), 'cannot be read: the row is longer than'],
    ['a column twice', 'id,name,ID\na,A,b\n', 'has the column ID twice'],
  ])('refuses a file with %s', async (_, text, sentence) => {
    await expect(bench.map(bench.file('n.csv', text))).rejects.toMatchObject({
      message: expect.stringContaining(sentence),
    })
  })
})
