import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OBSERVED_AT, RECEIVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { type Bench, setUpImport } from '../support/csv-import.ts'

const SIGNALS = 'account_id,metric,value,observed_at,source,id'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  await bench.import('accounts', bench.file('a.csv', 'id,name\nacme,Acme\nglobex,Globex\n'))
})

afterEach(() => bench.end())

describe('import accounts', () => {
  it('makes an attribute of every column but id and name', async () => {
    const file = bench.file('b.csv', 'id,name,arr,plan\nacme,Acme Inc,1200,pro\nnew,New,,\n')

    const { stdout, exit } = await bench.import('accounts', file, '--json')

    expect(JSON.parse(stdout)).toEqual({ read: 2, added: 1, changed: 1, unchanged: 0, rejected: 0, notes: [] })
    expect(exit).toBe(0)
    expect(bench.rows('select id, name from accounts order by id')).toEqual([
      'acme|Acme Inc',
      'globex|Globex',
      'new|New',
    ])
    expect(bench.rows('select attribute, value from account_attributes')).toEqual(['arr|1200', 'plan|pro'])
  })

  it('clears what is empty from now on, and leaves alone what has no column', async () => {
    await bench.import('accounts', bench.file('b.csv', 'id,name,arr,plan\nacme,Acme,1200,pro\n'))
    bench.now += 1_000

    const { stdout } = await bench.import('accounts', bench.file('b.csv', 'id,name,plan\nacme,Acme,\n'), '--json')

    expect(JSON.parse(stdout)).toMatchObject({ changed: 1 })
    expect(bench.rows(`select attribute, known_from - ${bench.now}, value from account_attributes`)).toEqual([
      'arr|-1000|1200',
      'plan|-1000|pro',
      'plan|0|',
    ])
  })

  it('keeps an unknown owner and says so once', async () => {
    await bench.import('people', bench.file('p.csv', 'email,name,role\nann@x.com,Ann,csm\n'))
    const file = bench.file('b.csv', 'id,name,owner\nacme,Acme,Ann@x.com\nb,B,bob@x.com\nc,C,BOB@x.com\n')

    const { stderr, exit } = await bench.import('accounts', file)

    expect(stderr).toBe('The owner bob@x.com is not among the people; import people, or fix the spelling.\n')
    expect(exit).toBe(0)
  })

  it.each([
    ['an ARR in words', 'x,X,much,,', 'arr "much" is not a finite number such as 12.5'],
    ['a negative ARR', 'x,X,-1,,', 'arr "-1" is less than 0'],
    ['a date that does not exist', 'x,X,1,2025-02-30,', 'renewal_on "2025-02-30" is not a date such as 2025-12-31'],
    ['a date the other way round', 'x,X,1,,31/12/2025', 'created_on "31/12/2025" is not a date such as 2025-12-31'],
    ['no name', 'x,,1,,', 'name is empty'],
    ['no id', ',X,1,,', 'id is empty'],
  ])('rejects %s', async (_, row, reason) => {
    const file = bench.file('b.csv', `id,name,arr,renewal_on,created_on\n${row}\ny,Y,1,,\n`)

    const { stdout, exit } = await bench.import('accounts', file, '--json')

    expect(JSON.parse(stdout)).toMatchObject({ read: 2, added: 1, rejected: 1, notes: [] })
    expect(exit).toBe(2)
    expect(readFileSync(`${file}.rejects.csv`, 'utf8')).toContain(reason.replaceAll('"', '""'))
  })
})

describe('import people', () => {
  it('takes a missing role for viewer and rejects what is no person', async () => {
    const rows = ['Ann@X.com,,Europe/Berlin', 'bob,csm,', 'c@x.com,boss,', 'd@x.com,csm,Berlin', 'e@x.com,CSM,UTC']

    const { stdout } = await bench.import('people', bench.file('p.csv', `email,role,time_zone\n${rows.join('\n')}`))

    expect(stdout).toMatch(/^p.csv: 5 read, 2 added, 0 changed, 0 unchanged, 3 rejected, see .*p.csv.rejects.csv\n$/)
    expect(bench.rows('select email, role from people')).toEqual(['ann@x.com|viewer', 'e@x.com|csm'])
  })
})

describe('import signals', () => {
  it('loads a file once, however often it is imported', async () => {
    const file = bench.file('s.csv', `${SIGNALS}\nacme,nps,9,2025-12-01,survey,1\nacme,logins,4,2025-12-01 08:30,,\n`)

    const first = await bench.import('signals', file, '--json')
    const second = await bench.import('signals', file, '--json')

    expect(JSON.parse(first.stdout)).toEqual({ read: 2, added: 2, changed: 0, unchanged: 0, rejected: 0, notes: [] })
    expect(JSON.parse(second.stdout)).toEqual({ read: 2, added: 0, changed: 0, unchanged: 2, rejected: 0, notes: [] })
    expect(
      bench.rows(
        `select m.name, value, ${OBSERVED_AT}, ${RECEIVED_AT}, c.name, id
          from signals join metrics m on m.key = metric join sources c on c.key = source order by m.name`,
      ),
    ).toEqual([
      `logins|4|${Date.UTC(2025, 11, 1, 8, 30)}|${bench.now}|csv|`,
      `nps|9|${Date.UTC(2025, 11, 1)}|${bench.now}|survey|1`,
    ])
  })

  it('counts history as received when it was observed', async () => {
    const file = bench.file('s.csv', `${SIGNALS}\nacme,nps,9,2025-12-01,,\n`)

    await bench.import('signals', file, '--history')

    expect(bench.rows('select delay from signals')).toEqual(['0'])
  })

  it('writes nothing in a dry run, and counts what it would write', async () => {
    await bench.import('signals', bench.file('s.csv', `${SIGNALS}\nacme,nps,9,2025-12-01,,\nacme,x,1,2025-12-01,,\n`))
    const before = everything(bench)
    const rows = ['acme,nps,8,2025-12-01,,', 'acme,x,1,2025-12-01,,', 'acme,y,1,2025-12-01,,', 'acme,y,1,2025-12-01,,']
    const file = bench.file('t.csv', `${SIGNALS}\n${rows.join('\n')}\nnobody,y,1,2025-12-01,,\n`)

    const dry = await bench.import('signals', file, '--dry-run', '--json')

    expect(JSON.parse(dry.stdout)).toMatchObject({ read: 5, added: 2, changed: 1, unchanged: 1, rejected: 1 })
    expect(dry.stderr).toContain('line 6: no account "nobody"; import accounts first: nobody,y,1,2025-12-01,,\n')
    expect(dry.exit).toBe(2)
    expect(everything(bench)).toEqual(before)
    expect(existsSync(`${file}.rejects.csv`)).toBe(false)
    expect(JSON.parse((await bench.import('signals', file, '--json')).stdout)).toEqual(JSON.parse(dry.stdout))
  })

  it('writes no account and no person in a dry run either', async () => {
    const before = everything(bench)
    const accounts = bench.file('b.csv', 'id,name,plan\nacme,Acme,pro\nnew,New,\nnew,New,pro\n')

    const dry = await bench.import('accounts', accounts, '--dry-run', '--json')
    await bench.import('people', bench.file('p.csv', 'email,slack_id\nann@x.com,U1\n'), '--dry-run')

    expect(JSON.parse(dry.stdout)).toMatchObject({ added: 1, changed: 2 })
    expect(everything(bench)).toEqual(before)
  })

  it('leaves a stale file of rejects behind no more', async () => {
    const file = bench.file('s.csv', `${SIGNALS}\nacme,nps,NaN,2025-12-01,,\n`)
    await bench.import('signals', file)
    expect(existsSync(`${file}.rejects.csv`)).toBe(true)

    await bench.import('signals', bench.file('s.csv', `${SIGNALS}\nacme,nps,9,2025-12-01,,\n`))

    expect(existsSync(`${file}.rejects.csv`)).toBe(false)
  })

  it('neutralises formulas among the rejects', async () => {
    const file = bench.file('s.csv', `${SIGNALS}\n=cmd(),nps,9,2025-12-01,,\n`)

    await bench.import('signals', file)

    expect(readFileSync(`${file}.rejects.csv`, 'utf8')).toBe(
      `line,reason,${SIGNALS}\n2,"no account ""=cmd()""; import accounts first",'=cmd(),nps,9,2025-12-01,,\n`,
    )
  })
})

describe('import', () => {
  it('knows its columns whatever their case, blanks, _ and -', async () => {
    const file = bench.file('b.csv', 'ID,Name,ARR,Owner,Renewal on\nh1,One,5000,ann@example.com,2026-12-31\n')

    await bench.import('accounts', file)
    await bench.import('people', bench.file('p.csv', 'E-Mail,Role\nann@example.com,admin\n'))

    expect(bench.rows('select attribute, value from account_attributes order by attribute')).toEqual([
      'arr|5000',
      'owner|ann@example.com',
      'renewal_on|2026-12-31',
    ])
    expect(bench.rows('select email, role from people')).toEqual(['ann@example.com|admin'])
  })

  it('loads its own rejects once they are fixed, formulas and line ends as they were', async () => {
    const file = bench.file('b.csv', 'id,name,arr,note\nx,X,much,"=1+1\nline"\ny,Y,1\n')
    await bench.import('accounts', file)
    const rejects = readFileSync(`${file}.rejects.csv`, 'utf8')
    expect(rejects).toBe(
      'line,reason,id,name,arr,note\n' +
        '2,"arr ""much"" is not a finite number such as 12.5",x,X,much,"\'=1+1\nline"\n' +
        '4,3 cells where the header has 4,y,Y,1\n',
    )

    const fixed = bench.file('c.csv', rejects.replace(',much,', ',5,'))
    const { stdout } = await bench.import('accounts', fixed, '--json')

    expect(JSON.parse(stdout)).toMatchObject({ read: 2, added: 1, rejected: 1, notes: [] })
    expect(bench.rows('select attribute, value from account_attributes')).toEqual(['arr|5', 'note|=1+1\nline'])
    expect(readFileSync(`${fixed}.rejects.csv`, 'utf8')).toBe(
      'line,reason,id,name,arr,note\n4,3 cells where the header has 4,y,Y,1\n',
    )
  })
})

describe('a complete file of people', () => {
  beforeEach(async () => {
    await bench.import('people', bench.file('p.csv', 'email,role\nann@x.com,csm\nbob@x.com,csm\n'))
  })
  const left = () => bench.rows('select email from people where left_at is not null')

  it('takes out who is absent, and says who that is; who is back in the next one has not left', async () => {
    const file = bench.file('q.csv', 'email,role\nANN@x.com,csm\n')
    const { stdout } = await bench.import('people', file, '--complete', '--json')

    expect(JSON.parse(stdout)).toMatchObject({ left: 1, notes: [{ kind: 'left', example: 'bob@x.com' }] })
    expect(left()).toEqual(['bob@x.com'])
    await bench.import('people', bench.file('r.csv', 'email,role\nann@x.com,csm\nbob@x.com,csm\n'))
    expect(left()).toEqual([])
  })

  it.each([
    ['has a row that is rejected', 'email,role\nann@x.com,boss\n'],
    ['has no rows', 'email,role\n'],
  ])('takes out nobody when it %s', async (_, text) => {
    const { stdout } = await bench.import('people', bench.file('q.csv', text), '--complete', '--json')

    expect(JSON.parse(stdout)).toMatchObject({ left: 0, notes: [{ kind: 'not_complete' }] })
    expect(left()).toEqual([])
  })

  it('takes out nobody in a dry run', async () => {
    await bench.import('people', bench.file('q.csv', 'email\nann@x.com\n'), '--complete', '--dry-run')

    expect(left()).toEqual([])
  })

  it('is of people only', async () => {
    await expect(bench.import('accounts', 'x.csv', '--complete')).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('a file that is refused as a whole', () => {
  it.each([
    ['no file', 'missing.csv', undefined, 'There is no file'],
    ['an empty file', 's.csv', '', 'is empty'],
    ['blank lines only', 's.csv', '\n\r\n \n', 'is empty'],
    ['a missing column', 's.csv', 'account_id,metric,value\n', 'lacks the column observed_at'],
    ['a column twice', 's.csv', `${SIGNALS},id\n`, 'has the column id twice'],
    ['an archive', 's.csv', 'PK\x03\x04\0\0account_id,metric\n', 'is a ZIP archive and not a workbook'],
  ])('is %s', async (_, name, content, sentence) => {
    const file = content === undefined ? join(bench.folder, name) : bench.file(name, content)

    await expect(bench.import('signals', file)).rejects.toMatchObject({ message: expect.stringContaining(sentence) })
  })

  it('says which columns it found and which it needs', async () => {
    const file = bench.file('s.csv', 'account,metric,value,observed_at\n')

    await expect(bench.import('signals', file)).rejects.toMatchObject({
      hint: 'Found: account, metric, value, observed_at. Needed: account_id, metric, value, observed_at.',
    })
  })

  it('is a folder', async () => {
    mkdirSync(join(bench.folder, 'f'))

    await expect(bench.import('signals', join(bench.folder, 'f'))).rejects.toThrow('is a folder')
  })

  it('is of a kind that there is not: that is bad usage', async () => {
    await expect(bench.import('nonsense', 'x.csv')).rejects.toMatchObject({ code: 'usage' })
  })
})

function everything(bench: Bench) {
  const tables = bench.rows(`select name from main.sqlite_schema where type = 'table' order by name`)
  return tables.map(table => [table, bench.rows(`select * from main.${table}`)])
}
