import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placesOf } from '../../src/store/engine/signals/batch-order.ts'
import { RECEIVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { timeInWeek, weekOf } from '../../src/store/engine/signals/week.ts'
import { slices } from '../../src/store/slices.ts'
import { type Occurrences, openOccurrences } from '../../src/store/sources/occurrences.ts'
import { type Bench, setUpImport } from '../support/csv-import.ts'

const HEADER = 'account_id,metric,value,observed_at,id'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  await bench.import('accounts', bench.file('a.csv', 'id,name\nacme,Acme\nglobex,Globex\n'))
})

afterEach(() => bench.end())

const load = async (rows: readonly string[], ...options: string[]) => {
  const file = bench.file('s.csv', `${HEADER}\n${rows.join('\n')}\n`)
  return JSON.parse((await bench.import('signals', file, '--json', ...options)).stdout)
}
const stored = () => bench.rows('select id, value from signals order by id, week, time_in_week')

describe('rows without an id that share account, metric and time', () => {
  it('are several events, numbered in the order of the file', async () => {
    const rows = [
      'acme,nps,7,2025-12-01,',
      'acme,nps,7,2025-12-01T00:00Z,',
      'acme,nps,9,2025-12-01,',
      'acme,nps,5,2025-12-01,x',
    ]

    const report = await load(rows)

    expect(report).toMatchObject({
      added: 4,
      notes: [{ kind: 'same_time', count: 2, example: 'nps at 2025-12-01T00:00:00.000Z' }],
    })
    expect(stored()).toEqual(['|7', 'x|5', '~2|7', '~3|9'])
  })

  it('change nothing when the file is loaded again, nor does any other source', async () => {
    const rows = ['acme,nps,7,2025-12-01,', 'acme,nps,8,2025-12-01,']
    await load(rows)
    bench.now += 1_000

    expect(await load(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  })

  it('count when they are rejected too, and keep their ids when they are fixed among the rejects', async () => {
    const rows = [
      ...['acme,nps,7,2025-12-01,', 'acme,nps,many,2025-12-01,', 'acme,nps,9,2025-12-01,'],
      ...['later,nps,1,2025-12-01,', 'later,nps,2,2025-12-01,'],
    ]
    expect(await load(rows)).toMatchObject({ added: 2, rejected: 3 })
    expect(stored()).toEqual(['|7', '~3|9'])
    const rejects = readFileSync(bench.file('s.csv', '').concat('.rejects.csv'), 'utf8')
    await bench.import('accounts', bench.file('b.csv', 'id,name\nlater,Later\n'))

    const fixed = bench.file('f.csv', rejects.replace(',many,', ',8,'))
    const { stdout } = await bench.import('signals', fixed, '--json')
    await bench.import('signals', fixed, '--json')

    expect(JSON.parse(stdout)).toMatchObject({ read: 3, added: 3, rejected: 0 })
    expect(stored()).toEqual(['|7', '|1', '~2|8', '~2|2', '~3|9'])
  })

  it('carry their ids among the rejects of a file that has no such column', async () => {
    const file = bench.file(
      's.csv',
      'account_id,metric,value,observed_at\nacme,nps,a,2025-12-01\nacme,nps,b,2025-12-01\n',
    )

    await bench.import('signals', file)

    expect(readFileSync(`${file}.rejects.csv`, 'utf8').split('\n').slice(0, 3)).toEqual([
      'line,reason,id,account_id,metric,value,observed_at',
      '2,"value ""a"" is not a finite number such as 12.5",,acme,nps,a,2025-12-01',
      '3,"value ""b"" is not a finite number such as 12.5",~2,acme,nps,b,2025-12-01',
    ])
  })

  it('are numbered as counting them by hand does, in memory and on disk, however many come at once', () => {
    const place = fc.record({
      account: fc.integer({ min: -2, max: 3 }),
      metric: fc.integer({ min: 1, max: 2 }),
      observedAt: fc.integer({ min: -1, max: 40 }).map(day => day * 86_400_000),
    })
    const limits = {
      places: fc.array(place, { maxLength: 400 }),
      size: fc.integer({ min: 1, max: 200 }),
      most: fc.nat(150),
    }
    fc.assert(
      fc.property(fc.record(limits), ({ places, size, most }) => {
        const seen: string[] = []
        const byHand = places.map(
          one => seen.push(JSON.stringify(one)) && seen.filter(other => other === seen.at(-1)).length,
        )
        const occurrences = openOccurrences(most)

        expect(slices(places, size).flatMap(part => countIn(occurrences, part))).toEqual(byHand)
        occurrences.close()
      }),
      { numRuns: 100 },
    )
  })
})

function countIn(occurrences: Occurrences, places: readonly { account: number; metric: number; observedAt: number }[]) {
  const batch = {
    account: Int32Array.from(places, ({ account }) => account),
    metric: Int32Array.from(places, ({ metric }) => metric),
    week: Int32Array.from(places, ({ observedAt }) => weekOf(observedAt)),
    time: Int32Array.from(places, ({ observedAt }) => timeInWeek(observedAt)),
  }
  return [...occurrences.count(batch, placesOf(places))]
}

describe('rows of one identity far apart', () => {
  const between = Array.from({ length: 60_000 }, (_, at) => `globex,logins,${at},2025-12-01,row-${at}`)

  it('change nothing when the file is loaded again', { timeout: 120_000 }, async () => {
    const rows = [
      'acme,nps,7,2025-12-01,x',
      'acme,csat,1,2025-12-01,',
      ...between,
      'acme,nps,8,2025-12-01,x',
      'acme,csat,2,2025-12-01,',
    ]
    expect(await load(rows)).toMatchObject({ added: 60_003, changed: 1, unchanged: 0 })
    bench.now += 1_000
    const before = bench.rows('select * from signals order by week, account, metric, time_in_week, id')

    expect(await load(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 60_004 })

    expect(bench.rows('select * from signals order by week, account, metric, time_in_week, id')).toEqual(before)
    expect(bench.rows("select value from signals where id in ('x', '~2') order by value")).toEqual(['2', '8'])
  })
})

describe('history', () => {
  it('that was loaded without saying so is fixed by loading it again', async () => {
    const rows = ['acme,nps,7,2025-12-01,', 'acme,nps,8,2025-12-02,']
    await load(rows)
    bench.now += 1_000

    expect(await load(rows, '--history')).toMatchObject({ changed: 2 })
    expect(await load(rows, '--history')).toMatchObject({ unchanged: 2 })

    expect(bench.rows('select delay from signals')).toEqual(['0', '0'])
  })

  it('of the future was received now', async () => {
    await load(['acme,nps,7,2099-01-01,'], '--history')

    expect(bench.rows(`select ${RECEIVED_AT} - ${bench.now} from signals`)).toEqual(['0'])
  })
})
