import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, setUpImport } from '../support/csv-import.ts'
import { dateCell, rawWorkbook, workbook } from '../support/workbook.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
})

afterEach(() => bench.end())

const accounts = () => bench.rows('select id, name from accounts order by id')
const attributes = () => bench.rows('select attribute, value from account_attributes order by attribute, value')

/** A text in the bytes of UTF-16, with its mark. */
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('one file of accounts, in any form', () => {
  const text = 'id,name,city\na1,Société Brûlé,Köln\na2,Müller & Söhne,Düsseldorf\n'
  const records = [
    { id: 'a1', name: 'Société Brûlé', city: 'Köln' },
    { id: 'a2', name: 'Müller & Söhne', city: 'Düsseldorf' },
  ]

  it.each<[string, string | Buffer]>([
    ['UTF-8', text],
    ['UTF-8 with a mark', `\uFEFF${text}`],
    ['windows-1252', Buffer.from(text, 'latin1')],
    ['UTF-16', utf16(text)],
    ['UTF-16, big-endian', utf16(text).swap16()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['old line ends', text.replaceAll('\n', '\r')],
    ["Excel's line about the separator", `sep=;\r\n${text.replaceAll(',', ';')}`],
    ['gzip', gzipSync(text)],
    ['JSON', JSON.stringify(records)],
    ['JSON with its records inside', JSON.stringify({ object: 'list', has_more: false, data: records })],
    ['NDJSON', records.map(record => JSON.stringify(record)).join('\n')],
    ['XLSX', workbook({ Sheet1: [['id', 'name', 'city'], ...records.map(({ id, name, city }) => [id, name, city])] })],
  ])('loads %s', async (_, content) => {
    const { stdout, exit } = await bench.import('accounts', bench.file('a.csv', content), '--json')

    expect(JSON.parse(stdout)).toMatchObject({ read: 2, added: 2, rejected: 0 })
    expect(exit).toBe(0)
    expect(accounts()).toEqual(['a1|Société Brûlé', 'a2|Müller & Söhne'])
    expect(attributes()).toEqual(['city|Düsseldorf', 'city|Köln'])
  })
})

describe('a workbook', () => {
  it('gives numbers as they are, dates as days, and what formulas came to', async () => {
    const formula = { attributes: '', xml: '<f>2*3</f><v>6</v>' }
    const sheet = [
      ['id', 'name', 'arr', 'renewal_on', 'seats'],
      [9001000000, 'Acme', 0.1, dateCell(46_357), formula],
    ]

    await bench.import('accounts', bench.file('a.xlsx', workbook({ Sheet1: sheet })))

    expect(accounts()).toEqual(['9001000000|Acme'])
    expect(attributes()).toEqual(['arr|0.1', 'renewal_on|2026-12-01', 'seats|6'])
  })

  it('is read below its title, and without the lines below its rows', async () => {
    const sheet = [['Our customers'], [], ['id', 'name', 'arr'], ['a', 'Acme', 5], ['Total', '', 5]]

    const { stdout } = await bench.import('accounts', bench.file('a.xlsx', workbook({ Sheet1: sheet })))

    expect(stdout).toBe('a.xlsx: 1 read, 1 added, 0 changed, 0 unchanged, 0 rejected\n')
  })

  it('rejects the row whose formula failed, by its number in the sheet', async () => {
    const failed = { attributes: 't="e"', xml: '<f>1/0</f><v>#DIV/0!</v>' }
    const sheet = [['id', 'name', 'arr'], [], ['a', 'Acme', failed], ['b', 'Globex', 2]]

    const { exit } = await bench.import('accounts', bench.file('a.xlsx', workbook({ Sheet1: sheet })), '--dry-run')
    const { stderr } = await bench.import('accounts', bench.file('a.xlsx', workbook({ Sheet1: sheet })), '--dry-run')

    expect(exit).toBe(2)
    expect(stderr).toContain('line 3: arr holds the spreadsheet error #DIV/0!; fix the formula, or empty the cell')
  })

  it.each<[string, string | Buffer]>([
    ['a.csv', 'id,name\na,Acme\n'],
    ['a.csv.gz', gzipSync('id,name\na,Acme\n')],
    ['a.json', '[{"id":"a","name":"Acme"}]'],
  ])('a sheet of %s, which has none, is refused', async (name, content) => {
    await expect(bench.import('accounts', bench.file(name, content), '--sheet', 'Old')).rejects.toMatchObject({
      message: expect.stringMatching(/a\.(csv|json) is not a workbook and has no sheet "Old"\.$/),
    })
    expect(await accounts()).toEqual([])
  })

  it('is read from the sheet that is asked for', async () => {
    const file = bench.file(
      'a.xlsx',
      workbook({
        Notes: [['hello']],
        Old: [
          ['id', 'name'],
          ['o', 'O'],
        ],
        New: [
          ['id', 'name'],
          ['n', 'N'],
        ],
      }),
    )

    await bench.import('accounts', file, '--sheet', 'New')
    await expect(bench.import('accounts', file, '--sheet', 'Newest')).rejects.toMatchObject({
      message: `${file} has no sheet "Newest".`,
    })

    expect(accounts()).toEqual(['n|N'])
  })

  it('is refused where its cells lie too far apart to be held', async () => {
    const far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    await expect(bench.import('accounts', bench.file('a.xlsx', rawWorkbook(far)))).rejects.toMatchObject({
      code: 'too_large',
    })
  })

  it('is refused where it unpacks to far more than it seems', async () => {
    const bomb = rawWorkbook(`<row r="1">${' '.repeat(210 * 1024 * 1024)}</row>`)

    expect(bomb.length).toBeLessThan(1_000_000)
    await expect(bench.import('accounts', bench.file('a.xlsx', bomb))).rejects.toMatchObject({ code: 'too_large' })
  })
})

describe('what is no table', () => {
  it.each<[string, string | Buffer, string]>([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'is a PNG picture'],
    ['a PDF', '%PDF-1.7\n', 'is a PDF'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'is an old Excel file'],
    ['JSON that was cut off', '[{"id":"a","name":"A"},{"id"', 'is not valid JSON after record 1'],
    ['gzip that was cut off', gzipSync('id,name\n'.repeat(1_000)).subarray(0, 20), 'cannot be unpacked'],
  ])('is refused in a sentence: %s', async (_, content, sentence) => {
    await expect(bench.import('accounts', bench.file('a.csv', content))).rejects.toMatchObject({
      message: expect.stringContaining(sentence),
    })
  })

  it('loses only the line of NDJSON that is broken, with its number', async () => {
    const file = bench.file('a.ndjson', '{"id":"a","name":"A"}\n{"id":\n{"id":"c","name":"C"}\n')

    const { stderr, exit } = await bench.import('accounts', file, '--dry-run')

    expect(stderr).toContain('line 2: the line is not valid JSON; the file may have been cut off')
    expect(exit).toBe(2)
  })
})
