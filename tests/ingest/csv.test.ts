import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../src/ingest/files/csv.ts'

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

  it('refuses the rest of a file whose quote never closes, with its line, and reads nothing in it', async () => {
    expect(await linesOf('a,b\n1,x\n2,"y\n3,z\n4,z\n')).toEqual([
      '2: 1|x',
      '3! the quote that opens on line 3 is never closed; the rest of the file is left out',
    ])
  })

  it.each([
    ['text follows', '1,"x" y\nz",2'],
    ['another quote follows', '1,"x\n"2","y"'],
    ['a quote follows after blanks', '1,"x" "y\nz"'],
  ])('refuses a row where a quote closes and %s, and nothing of it becomes another row', async (_, row) => {
    const lines = await linesOf(`a,b\n${row}\n3,z\n`)

    expect(lines).toEqual(['2! there is a quote in the middle of a quoted cell; double it', '4: 3|z'])
  })

  it.each([1, 51, 5_000])('keeps a quoted cell of %i lines in its row, whatever its lines look like', async count => {
    const mail = Array.from({ length: count }, (_, at) => `globex,"",${at}`.replaceAll('"', '""')).join('\n')

    expect(await linesOf(`a,b\n1,"${mail}"\n2,y\n`, 100)).toEqual([
      `2: 1|${mail.replaceAll('""', '"')}`,
      `${2 + count}: 2|y`,
    ])
  })

  it('opens a quote after blanks too, so that no line of the cell is taken for a row', async () => {
    expect(await linesOf('a, b\n1, "x\n2,y"\n3,z\n')).toEqual(['2: 1|x\n2,y', '4: 3|z'])
  })

  it('takes a line of sep= for what it is', async () => {
    expect(await linesOf('sep=;\na;b\n1,5;x\n')).toEqual(['3: 1,5|x'])
    expect(await linesOf('\uFEFFSEP=|\r\na|b\r\n1|x')).toEqual(['3: 1|x'])
  })

  it('takes CR alone for the end of a line where the first line ends so', async () => {
    expect(await linesOf('a,b\r1,x\r2,y\r', 1)).toEqual(['2: 1|x', '3: 2|y'])
  })

  it('leaves CR in a cell where lines end otherwise', async () => {
    expect(await linesOf('a,b\n1,"x\ry"\n')).toEqual(['2: 1|x\ry'])
  })

  it('rejects the wrong number of cells, a NUL character and what is not UTF-8, each by itself', async () => {
    const text = Buffer.concat([
      Buffer.from('a,b\n1\n1,2,3\n1,\0\n'),
      Buffer.from([0x31, 0x2c, 0xe4, 0x0a]),
      Buffer.from('1,2'),
    ])

    expect(await linesOf(text)).toEqual([
      '2! 1 cell where the header has 2',
      '3! 3 cells where the header has 2',
      '4! the row holds a NUL character',
      '5! the row is not written in UTF-8',
      '6: 1|2',
    ])
  })

  it.each([
    ['bare', 'x'.repeat(1_048_576)],
    ['quoted', `"${'x\n'.repeat(524_288)}"`],
    ['of letters of two bytes', 'ü'.repeat(524_288)],
  ])('refuses a row over 1 MiB that is %s, and reads on after its end', async (_, long) => {
    const lines = await linesOf(`a,b\n1,${long}\n2,y\n`)

    expect(lines[0]).toBe('2! the row is longer than 1,048,576 bytes')
    expect(lines.slice(1)).toEqual([expect.stringMatching(/^\d+: 2\|y$/)])
  })

  it('takes a row of 1 MiB', async () => {
    expect(await linesOf(`a,b\n1,${'x'.repeat(1_048_574)}\n`)).toEqual([`2: 1|${'x'.repeat(1_048_574)}`])
  })

  it('finds cells by column, and harmlessly so by names that JavaScript knows', async () => {
    const csv = await readCsv(source('__proto__,constructor\n1,2\n'), wanted('__proto__'))
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
        const text = `a,b\n${letters.join('')}`
        const lines = await linesOf(text)

        expect(lines.length).toBeLessThanOrEqual(text.split('\n').length)
        expect(await linesOf(text, 1)).toEqual(lines)
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

function wanted(...required: string[]) {
  return { required, known: required }
}

async function linesOf(text: string | Buffer, size?: number): Promise<string[]> {
  const lines: string[] = []
  for await (const batch of (await readCsv(source(text, size), wanted('a'))).batches) {
    for (const row of batch) {
      lines.push('reason' in row ? `${row.line}! ${row.reason}` : `${row.line}: ${row.cells.join('|')}`)
    }
  }
  return lines
}

async function cellsOf(text: string, size?: number): Promise<(string | undefined)[][]> {
  const cells: (string | undefined)[][] = []
  const csv = await readCsv(source(text, size), wanted('a', 'b'))
  for await (const batch of csv.batches) {
    for (const row of batch) {
      if ('reason' in row) throw new Error(row.reason)
      cells.push(csv.names.map(column => csv.cell(row, column)))
    }
  }
  return cells
}
