import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, setUpImport } from '../support/csv-import.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  bench.now = Date.UTC(2026, 10, 20, 12)
  await bench.import(
    'accounts',
    bench.file(
      'accounts.csv',
      'id,name,domain\na,Acme GmbH,acme.test\nb,Globex,globex.test\nc,Acme Ltd,acme-uk.test\n',
    ),
  )
})

afterEach(() => bench.end())

const mapping = (text: string) => bench.file('m.yaml', text)
const values = (metric: string) =>
  bench.rows(
    `select a.id, value from signals join accounts a on a.key = account join metrics m on m.key = metric
     where m.name = '${metric}' order by 1, 2`,
  )

const NOTES = `
columns: [Company, Mood, Seen]
signals:
  - metric: csm_pulse
    account: {name: Company}
    value: {column: Mood, words: {red: 1, yellow: 3, green: 5}}
    at: {column: Seen, date: day-first}
`

describe('import --map', () => {
  it('reads words as numbers, names as accounts, and dates by the rule of their column', async () => {
    const file = bench.file('n.csv', 'Company;Mood;Seen\nGlobex;Green;3.4.2026\nACME  GMBH;RED;12.11.2026\n')

    const { stdout } = await bench.import(file, '--map', mapping(NOTES), '--json')

    expect(JSON.parse(stdout)).toMatchObject({ read: 2, added: 2, rejected: 0 })
    expect(values('csm_pulse')).toEqual(['a|1', 'b|5'])
    expect(bench.rows('select distinct name from sources')).toContain('m')
  })

  it('rejects a row with every reason, and takes it back once it was fixed', async () => {
    const file = bench.file(
      'n.csv',
      'Company;Mood;Seen\nAcme;blue;2026-13-40\nNobody;green;1.11.2026\nGlobex;green;2.11.2026\n',
    )

    const { exit, stdout } = await bench.import('signals', file, '--map', mapping(NOTES))

    expect(exit).toBe(2)
    expect(stdout).toContain('3 read, 1 added, 0 changed, 0 unchanged, 2 rejected')
    const rejects = readFileSync(`${file}.rejects.csv`, 'utf8')
    expect(rejects).toContain('line,reason,Company,Mood,Seen')
    expect(rejects).toContain('Mood ""blue"" is not among its words')
    expect(rejects).toContain('2 accounts are meant: each is called ""Acme"": Acme GmbH (a), Acme Ltd (c); give the id')
    expect(rejects).toContain('Seen ""2026-13-40"" is not a date such as 31.12.2025')
    expect(rejects).toContain('no account is called ""Nobody""')

    const fixed = rejects
      .replace('Acme,blue,2026-13-40', 'Acme Ltd,yellow,5.11.2026')
      .replace('Nobody,green', 'Acme GmbH,green')
    const again = await bench.import(bench.file('fixed.csv', fixed), '--map', mapping(NOTES), '--json')

    expect(JSON.parse(again.stdout)).toMatchObject({ read: 2, added: 2, rejected: 0 })
    expect(values('csm_pulse')).toEqual(['a|5', 'b|5', 'c|3'])
  })

  it('refuses a file that lost a column it needs, and says which are new', async () => {
    const file = bench.file('n.csv', 'Company,Feeling,Seen\nGlobex,green,3.4.2026\n')

    await expect(bench.import(file, '--map', mapping(NOTES))).rejects.toMatchObject({
      code: 'shape_changed',
      message: expect.stringContaining(
        'it lacks the column "Mood" that the mapping m reads. It has the new column "Feeling".',
      ),
    })
  })

  it('loads a file with a new column, and says that nobody reads it', async () => {
    const file = bench.file('n.csv', 'Company,Mood,Seen,Phone\nGlobex,green,3.4.2026,1\n')

    const { stdout } = await bench.import(file, '--map', mapping(NOTES), '--json')

    expect(JSON.parse(stdout)).toMatchObject({ added: 1, notes: [{ kind: 'new_column', example: 'Phone' }] })
  })

  it('refuses dates that turned into those of another country', async () => {
    const file = bench.file('n.csv', 'Company,Mood,Seen\nGlobex,green,2026-11-17\nGlobex,green,2026-11-18\n')

    await expect(bench.import(file, '--map', mapping(NOTES))).rejects.toMatchObject({
      code: 'undecidable',
      message: expect.stringContaining('"Seen" no longer holds dates that are day-first: 2 of 2 do not fit'),
    })
  })

  it('refuses dates that could be either, until it is said which', async () => {
    const open = mapping(NOTES.replace('{column: Seen, date: day-first}', 'Seen'))
    const file = bench.file('n.csv', 'Company,Mood,Seen\nGlobex,green,03/04/2026\n')

    await expect(bench.import(file, '--map', open)).rejects.toMatchObject({
      message: expect.stringContaining('nothing in it says whether "03/04/2026" has the day or the month first'),
    })
    await bench.import(file, '--map', open, '--dates', 'month-first')

    expect(bench.rows(`select newest_at from series`)).toEqual([String(Date.UTC(2026, 2, 4))])
  })

  it('decides a column from the whole file: one date that can only be American makes all of them so', async () => {
    const open = mapping(NOTES.replace('{column: Seen, date: day-first}', 'Seen'))
    const file = bench.file('n.csv', 'Company,Mood,Seen\nGlobex,green,03/04/2026\nAcme Ltd,red,03/24/2026\n')

    await bench.import(file, '--map', open)

    expect(bench.rows(`select newest_at from series order by 1`)).toEqual([
      String(Date.UTC(2026, 2, 4)),
      String(Date.UTC(2026, 2, 24)),
    ])
  })

  it('makes one signal of the rows of an account and day', async () => {
    const counting = mapping(`
signals:
  - {metric: tickets_opened, account: {email: Who}, at: Opened, take: count, when_none: 0}
  - {metric: minutes, account: {email: Who}, at: Opened, value: Minutes, take: mean}
`)
    const rows = [
      'x@acme.test,2026-11-01 08:00,10',
      'y@mail.acme.test,2026-11-01 20:00,20',
      'z@globex.test,2026-11-02 09:00,7',
    ]
    const file = bench.file('t.csv', `Who,Opened,Minutes\n${rows.join('\n')}\n`)

    await bench.import(file, '--map', counting)
    const { stdout } = await bench.import(file, '--map', counting, '--json')

    expect(JSON.parse(stdout)).toMatchObject({ added: 0, changed: 0 })
    expect(values('tickets_opened')).toEqual(['a|0', 'a|2', 'b|1'])
    expect(values('minutes')).toEqual(['a|15', 'b|7'])
  })

  it('names what is wrong with a mapping, line by line', async () => {
    const file = bench.file('n.csv', 'Company\nGlobex\n')
    const wrong = mapping('signals:\n  - metric: x\n    acount: {name: Company}\n    value: 1\n    at: Seen\n')

    await expect(bench.import(file, '--map', wrong)).rejects.toMatchObject({
      code: 'bad_mapping',
      message: expect.stringContaining(
        'line 3, signals[0].acount: "acount" is not a valid key here. Did you mean "account"?',
      ),
    })
    await expect(bench.import(file, '--map', 'hubspot-company')).rejects.toMatchObject({
      message: 'There is no mapping "hubspot-company".',
      hint: expect.stringContaining('Did you mean hubspot-companies?'),
    })
  })

  it('leaves no file of rejects where nothing was rejected', async () => {
    const file = bench.file('n.csv', 'Company;Mood;Seen\nGlobex;Green;3.4.2026\n')

    await bench.import(file, '--map', mapping(NOTES))

    expect(existsSync(`${file}.rejects.csv`)).toBe(false)
  })
})
