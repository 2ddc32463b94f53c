import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCsv } from '../../src/ingest/files/csv.ts'
import { numbersOf } from '../../src/ingest/files/look-through.ts'
import { signalFile } from '../../src/ingest/load/signal-batches.ts'
import { numberRows } from '../../src/ingest/signals/numbering.ts'
import { SIGNAL_COLUMNS } from '../../src/ingest/signals/read-signal.ts'

const ACCOUNTS = new Map([
  ['acme', 1],
  ['globex', 2],
])

const row = fc.record({
  account: fc.constantFrom('acme', 'globex', 'nobody'),
  value: fc.constantFrom('1', 'many'),
  day: fc.integer({ min: 10, max: 14 }),
  id: fc.constantFrom('', '', '', 'x'),
})

it('rows of one time get the numbers that counting the whole file by hand gives, in whatever order and batches they come', async () => {
  const limits = {
    rows: fc.array(row, { maxLength: 60 }),
    isSorted: fc.boolean(),
    size: fc.integer({ min: 1, max: 20 }),
    chunk: fc.integer({ min: 20, max: 200 }),
    mostKept: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  }
  await fc.assert(
    fc.asyncProperty(fc.record(limits), async ({ rows: any, isSorted, ...how }) => {
      const rows = isSorted ? any.toSorted((a, b) => a.day - b.day) : any

      const { ids, count } = await numbered(rows, how)

      const seen: string[] = []
      const byHand = rows.map(({ account, day, id }) => {
        if (id !== '') return id
        const place = `${account} ${day}`
        seen.push(place)
        const ordinal = seen.filter(other => other === place).length
        return ordinal === 1 ? '' : `~${ordinal}`
      })
      expect(ids).toEqual(byHand)
      expect(count).toBe(byHand.filter(id => id.startsWith('~')).length)
    }),
    { numRuns: 300 },
  )
})

type Row = { account: string; value: string; day: number; id: string }

type How = { readonly size: number; readonly chunk: number; readonly mostKept: number | undefined }

/** With `mostKept` as a request is, which cannot be read again. */
async function numbered(rows: readonly Row[], { size, chunk, mostKept }: How) {
  const lines = rows.map(({ account, value, day, id }) => `${account},nps,${value},2025-12-${day},${id}\n`)
  const bytes = Buffer.from(`account_id,metric,value,observed_at,id\n${lines.join('')}`)
  const again = async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  const source = { name: 's.csv', chunks: again(), again }
  const csv = await readCsv(source, SIGNAL_COLUMNS)
  const numbers = numbersOf(source, csv, { wanted: SIGNAL_COLUMNS, columns: ['value'], decimal: undefined })
  const file = signalFile(csv, numbers, { accounts: ACCOUNTS, now: 0 }, [], size)
  const numbering = numberRows(ACCOUNTS, mostKept === undefined ? () => file.read(again()) : undefined, mostKept)
  const ids: (string | undefined)[] = []
  for await (const read of file.read()) {
    await numbering.number(read)
    ids.push(...read.batch.id.slice(0, read.batch.length))
  }
  numbering.close()
  return { ids, count: numbering.numbered.count }
}
