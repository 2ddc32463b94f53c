import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../src/ingest/csv.ts'

describe('reading CSV', () => {
  it.each([
    ['commas and LF', 'a,b\n1,2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['a BOM', '\uFEFFa,b\n1,2'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['quotes around everything', '"a","b"\n"1","2"\n'],
    ['blanks around cells', ' a , b \n 1 ,2 \n'],
    ['blank lines', '\na,b\n\n,\n1,2\n\n'],
    ['no end of the last line', 'a,b\n1,2'],
  ])('takes %s', async (_, text) => {
    expect(await cellsOf(text)).toEqual([['1', '2']])
  })

  it('counts physical lines, the header being the first', async () => {
    expect(await linesOf('a,b\n1,"x\ny"\n\n2,z\n')).toEqual(['2: 1|x\ny', '5: 2|z'])
  })

  it('keeps quotes, delimiters and line ends within quotes', async () => {
    expect(await cellsOf('a,b\n"say ""hi""","1,5\r\nx"\n')).toEqual([['say "hi"', '1,5\nx']])
  })

  it('takes a quote in the middle of a bare cell as it is', async () => {
    expect(await cellsOf('a,b\n5" pipe,1\n')).toEqual([['5" pipe', '1']])
  })

  it.each([
    ['that never closes', 'a,b\n1,"x\n2,y\n3,z\n', ['2! a quote is opened and not closed', '3: 2|y', '4: 3|z']],
    [
      'before other quotes',
      'a,b\n1,"x\n"2","y"\n3,z',
      ['2! a quote stands in the middle of a cell; double it, or quote the whole cell', '3: 2|y', '4: 3|z'],
    ],
    [
      'that closes into the wrong shape',
      'a,b\n1,"x\n2",y,z\n3,z',
      ['2! a quote is opened and not closed', '3! 3 cells where the header has 2', '4: 3|z'],
    ],
    ['on the last line', 'a,b\n1,x\n2,"y', ['2: 1|x', '3! a quote is opened and not closed']],
  ])('loses only its own line to a quote %s', async (_, text, lines) => {
    expect(await linesOf(text)).toEqual(lines)
  })

  it('loses only its own line to an open quote in the middle of a long file', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => (at === 15_000 ? `${at},"x` : `${at},x`))

    const lines = await linesOf(`a,b\n${rows.join('\n')}\n`)

    expect(lines).toHaveLength(30_000)
    expect(lines.filter(line => line.includes('!'))).toEqual(['15002! a quote is opened and not closed'])
  })

  it('rejects the wrong number of cells, a NUL character and what is not UTF-8, each by itself', async () => {
    const text = Buffer.concat([
      Buffer.from('a,b\n1\n1,2,3\n1,\0\n'),
      Buffer.from([0x31, 0x2c, 0xe4, 0x0a]),
      Buffer.from('1,2'),
    ])

    expect(await linesOf(text)).toEqual([
      '2! 1 cells where the header has 2',
      '3! 3 cells where the header has 2',
      '4! the line holds a NUL character',
      '5! the line is not written in UTF-8',
      '6: 1|2',
    ])
  })

  it('rejects a line of 2 MB without holding it', async () => {
    const long = 'x'.repeat(2_000_000)

    expect(await linesOf(`a,b\n1,${long}\n2,y\n3,"${long}"\n4,z`)).toEqual([
      '2! the line is longer than 1048576 characters',
      '3: 2|y',
      '4! the line is longer than 1048576 characters',
      '5: 4|z',
    ])
  })

  it('finds cells by column, and harmlessly so by names that JavaScript knows', async () => {
    const csv = await readCsv(source('__proto__,constructor\n1,2\n'), ['__proto__'])
    for await (const [row] of csv.batches) {
      if (row === undefined || 'reason' in row) continue
      expect([csv.cell(row, '__proto__'), csv.cell(row, 'toString'), csv.cell(row, 'constructor')]).toEqual([
        '1',
        undefined,
        '2',
      ])
    }
  })

  it('reads back whatever was written, however it is cut into chunks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '"', ',', ';', '\n', ' ', '=', '€'), maxLength: 6 })
    const rows = fc.array(fc.tuple(cell, cell, fc.constantFrom('x')), { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (rows, size, isQuoted) => {
        const text = Papa.unparse([['a', 'b', 'c'], ...rows], { newline: '\n', quotes: isQuoted })

        expect(await cellsOf(text, size)).toEqual(rows.map(row => row.map(cell => cell.trim())))
      }),
      { numRuns: 200 },
    )
  })

  it('says something about every line, whatever bytes they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('"', ',', 'x', '\n', '\0', '\r'), { maxLength: 60 }), async letters => {
        const lines = await linesOf(`a,b\n${letters.join('')}`)

        expect(lines.length).toBeLessThanOrEqual(letters.join('').split('\n').length)
      }),
      { numRuns: 200 },
    )
  })
})

function source(text: string | Buffer, size = 65_536) {
  const bytes = Buffer.from(text)
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return { name: 'x.csv', chunks: chunks() }
}

async function linesOf(text: string | Buffer): Promise<string[]> {
  const lines: string[] = []
  for await (const batch of (await readCsv(source(text), ['a'])).batches) {
    for (const row of batch) {
      lines.push('reason' in row ? `${row.line}! ${row.reason}` : `${row.line}: ${row.cells.join('|')}`)
    }
  }
  return lines
}

async function cellsOf(text: string, size?: number): Promise<(string | undefined)[][]> {
  const cells: (string | undefined)[][] = []
  const csv = await readCsv(source(text, size), ['a', 'b'])
  for await (const batch of csv.batches) {
    for (const row of batch) {
      if ('reason' in row) throw new Error(row.reason)
      cells.push(csv.columns.map(column => csv.cell(row, column)))
    }
  }
  return cells
}
