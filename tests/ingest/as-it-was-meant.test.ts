import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, setUpImport } from '../support/csv-import.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
})

afterEach(() => bench.end())

const load = async (kind: string, text: string, ...options: string[]) => {
  const file = bench.file('f.csv', text)
  const { stdout, stderr, exit } = await bench.import(kind, file, '--json', ...options)
  const { notes, ...counts } = JSON.parse(stdout)
  const rejects = counts.rejected > 0 ? readFileSync(`${file}.rejects.csv`, 'utf8') : ''
  return { ...counts, notes, stderr, exit, rejects, file }
}
const arrs = () =>
  bench.rows(
    `select id, value from accounts join account_attributes on account = key where attribute = 'arr' order by id`,
  )

describe('a file of numbers from another country', () => {
  const ROWS = 'k1;Eins;12.000\nk2;Zwei;240.000\nk3;Drei;1.250.000\nk4;Vier;980\n'

  it('has those refused that mean two things, and the others taken', async () => {
    const report = await load('accounts', `id;name;arr\n${ROWS}`)

    expect(report).toMatchObject({ added: 2, rejected: 2, exit: 2 })
    expect(report.rejects).toContain('12 or 12000')
    expect(arrs()).toEqual(['k3|1250000', 'k4|980'])
  })

  it('is read by one rule where that is declared', async () => {
    expect(await load('accounts', `id;name;arr\n${ROWS}`, '--decimal', ',')).toMatchObject({ added: 4, rejected: 0 })

    expect(arrs()).toEqual(['k1|12000', 'k2|240000', 'k3|1250000', 'k4|980'])
  })

  it('is known by a sign that comes later, after any number of rows', async () => {
    const rows = Array.from({ length: 2_000 }, (_, at) => `k${at},K${at},1.500`).join('\n')

    expect(await load('accounts', `id,name,arr\n${rows}\nlast,Last,"1.250.000"\n`)).toMatchObject({
      added: 1,
      rejected: 2_000,
    })
    expect(await load('accounts', `id,name,arr\n${rows}\n`)).toMatchObject({ added: 2_000, rejected: 0 })
  })

  it('is known by a number of another column', async () => {
    const text = 'id,name,arr,Jahresumsatz\nk1,Eins,12.000,"1.234,50"\n'

    expect(await load('accounts', text)).toMatchObject({ rejected: 1 })
  })

  it('keeps its doubts when its rejects are loaded unchanged', async () => {
    const { file } = await load('accounts', `id,name,arr\n${ROWS.replaceAll(';', ',')}`)

    const again = await bench.import('accounts', `${file}.rejects.csv`, '--json')

    expect(JSON.parse(again.stdout)).toMatchObject({ read: 2, added: 0, rejected: 2 })
  })

  it('of signals is treated alike', async () => {
    await load('accounts', 'id,name\nk1,Eins\n')
    const rows = [
      '4,25;2026-10-01',
      '1.234,56;2026-10-02',
      '1.234;2026-10-03',
      '12.500;2026-10-04',
      '"1,234";2026-10-05',
    ]
    const text = `account_id;metric;value;observed_at\n${rows.map(row => `k1;active_users;${row}`).join('\n')}\n`

    expect(await load('signals', text)).toMatchObject({ added: 2, rejected: 3 })
    expect(bench.rows('select value from signals order by week, time_in_week')).toEqual(['4.25', '1234.56'])
  })

  it('refuses a sign that is neither', async () => {
    await expect(load('accounts', 'id,name\n', '--decimal', ';')).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('an id', () => {
  it('that a spreadsheet shortened is refused with a sentence of its own', async () => {
    const report = await load('accounts', 'id,name,arr\n1.23457E+15,Alpha,1\n1.23457E+15,Bravo,2\n1E+15,Charlie,3\n')

    expect(report).toMatchObject({ added: 0, rejected: 3 })
    expect(report.rejects).toContain('is what a spreadsheet makes of a long number')
  })

  it.each(['1e15', '12E3', '5e', 'E+15'])('such as %s is one', async id => {
    expect(await load('accounts', `id,name\n${id},One\n`)).toMatchObject({ added: 1 })
  })

  it('that stands twice in a file with another name is refused the second time', async () => {
    const report = await load('accounts', 'id,name\na,Alpha\nb,Bravo\na,Other\na, ALPHA\n')

    expect(report).toMatchObject({ read: 4, rejected: 1 })
    expect(report.rejects).toContain('4,"id ""a"" is already on line 2, with the name ""Alpha""",a,Other')
    expect(bench.rows('select id, name from accounts order by id')).toEqual(['a|ALPHA', 'b|Bravo'])
  })
})

describe('characters that nobody sees', () => {
  it('are not part of ids, addresses, metrics and headers', async () => {
    await load('people', '\uFEFFemail,name,role\nann@example.com,Ann,csm\n\u200Bbob@example.com,Bob\u00AD,csm\n')
    const accounts = await load(
      'accounts',
      'id\u2060,name,owner\na1,One,bob@example.com\na2\u200D,Two,ann@example.com\u200B\n',
    )
    await load(
      'signals',
      'account_id,metric\u200B,value,observed_at\n\u2068a2\u2069,active\u00AD_users,5\u200B,2025-12-01\u200B\n',
    )

    expect(accounts.notes).toEqual([])
    expect(bench.rows('select email, name from people order by email')).toEqual([
      'ann@example.com|Ann',
      'bob@example.com|Bob',
    ])
    expect(bench.rows('select id from accounts order by id')).toEqual(['a1', 'a2'])
    expect(bench.rows('select name, value from signals join metrics on metric = metrics.key')).toEqual([
      'active_users|5',
    ])
  })

  it('stay in names that are written with them', async () => {
    await load('accounts', 'id,name\na,👩\u200D💻 \u202EAcme\u200B\nb,می\u200Cخواهم\n')

    expect(bench.rows('select name from accounts order by id')).toEqual(['👩\u200D💻 Acme', 'می\u200Cخواهم'])
  })
})

describe('the error of a formula', () => {
  it.each(['#REF!', '#N/A', '#VALUE!', '#DIV/0!', '#NAME?', '#n/a'])('is refused by its name: %s', async error => {
    const report = await load('accounts', `id,name,owner,plan\na,A,,${error}\nb,B,${error},#1\nc,C,,#1\n`)

    expect(report).toMatchObject({ added: 1, rejected: 2 })
    expect(report.rejects).toContain(`plan holds the spreadsheet error ${error}`)
    expect(report.rejects).toContain(`owner holds the spreadsheet error ${error}`)
  })
})

describe('notes', () => {
  it('name columns that are nearly known ones', async () => {
    const text =
      'id,name,renewal_date,ARR (EUR),Account Owner,Industry,segmnt\nb1,Bee,2026-12-31,5000,ann@example.com,IT,mid\n'

    const { notes, stderr } = await load('accounts', text)

    expect(notes.map((note: { text: string }) => note.text)).toEqual([
      '`renewal_date` is kept as an attribute; did you mean `renewal_on`?',
      '`ARR (EUR)` is kept as an attribute; did you mean `arr`?',
      '`Account Owner` is kept as an attribute; did you mean `owner`?',
      '`segmnt` is kept as an attribute; did you mean `segment`?',
    ])
    expect(notes[0]).toEqual({ kind: 'near_miss', text: expect.any(String), count: 1, example: 'renewal_date' })
    expect(stderr.split('\n')).toContain('`Account Owner` is kept as an attribute; did you mean `owner`?')
  })

  it("name a person's name that is called otherwise", async () => {
    expect(await load('people', 'email,Full Name\nann@example.com,Ann\n')).toMatchObject({
      notes: [{ kind: 'near_miss', text: '`Full Name` is not read; did you mean `name`?' }],
    })
  })

  it('say nothing of a column beside the one that it nearly is', async () => {
    expect(await load('accounts', 'id,name,owner,Sales owner\na,A,,Jo\n')).toMatchObject({ notes: [] })
  })

  it('name metrics that no model reads', async () => {
    await load('accounts', 'id,name\na,A\n')
    const rows = ['Active Users', 'active_users', 'Active Users', 'zebras'].map(
      (metric, at) => `a,${metric},1,2025-12-0${at + 1}`,
    )

    const { notes } = await load('signals', `account_id,metric,value,observed_at\n${rows.join('\n')}\n`)

    expect(notes).toEqual([
      {
        kind: 'unread_metric',
        text: 'No measure of the model reads the metric `Active Users`; did you mean `active_users`?',
        count: 2,
        example: 'line 2',
      },
      {
        kind: 'unread_metric',
        text: 'No measure of the model reads the metric `zebras`.',
        count: 1,
        example: 'line 5',
      },
    ])
  })
})
