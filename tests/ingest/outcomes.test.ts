import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listOutcomes } from '../../src/store/outcomes/outcomes.ts'
import { type Bench, setUpImport } from '../support/csv-import.ts'

const HEADER = 'account_id,outcome,on_date,arr,reason,note'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  await bench.import('accounts', bench.file('a.csv', 'id,name\nacme,Acme\nglobex,Globex\n'))
  const signals = 'account_id,metric,value,observed_at\nacme,logins,3,2025-03-01\nglobex,logins,3,2025-06-01\n'
  await bench.import('signals', bench.file('s.csv', signals))
})

afterEach(() => bench.end())

const load = async (rows: string[], ...options: string[]) => {
  const said = await bench.import('outcomes', bench.file('o.csv', [HEADER, ...rows].join('\n')), '--json', ...options)
  return { ...said, report: JSON.parse(said.stdout) }
}
const stored = () => bench.rows('select account, on_day, kind, arr, reason from outcomes order by on_day, kind')

it('takes several outcomes of one account, win-backs included', async () => {
  const rows = [
    'acme,churned,2025-05-01,1200,price,Too dear',
    'acme,Renewed,2025-09-01,,,',
    'acme,expanded,2025-11-01,2000,,',
  ]

  const { report, exit } = await load(rows)

  expect([report, exit]).toEqual([{ read: 3, added: 3, changed: 0, unchanged: 0, rejected: 0, notes: [] }, 0])
  expect(stored()).toEqual(['1|2025-05-01|churned|1200|price', '1|2025-09-01|renewed||', '1|2025-11-01|expanded|2000|'])
})

it('changes nothing the second time, and corrects what differs', async () => {
  await load(['acme,churned,2025-05-01,1200,price,'])

  const again = await load(['acme,churned,2025-05-01T00:00:00Z,1200,price,'])
  const corrected = await load(['acme,churned,2025-05-01,900,price,'])

  expect(again.report).toMatchObject({ unchanged: 1, changed: 0 })
  expect(corrected.report).toMatchObject({ unchanged: 0, changed: 1 })
  expect(stored()).toEqual(['1|2025-05-01|churned|900|price'])
})

it.each([
  ['an unknown account', 'nobody,churned,2025-05-01,,,', 'no account "nobody"; import accounts first'],
  ['a day in the future', 'acme,churned,2026-01-02,,,', 'on_date 2026-01-02 is in the future'],
  [
    'a kind that there is not',
    'acme,left,2025-05-01,,,',
    'outcome "left" is not one of churned, contracted, renewed, expanded',
  ],
  ['a day that does not exist', 'acme,churned,2025-02-30,,,', 'on_date "2025-02-30" is not a date such as 2025-12-31'],
  ['an amount in words', 'acme,churned,2025-05-01,much,,', 'arr "much" is not a finite number such as 12.5'],
])('rejects %s', async (_, row, reason) => {
  const { report, exit } = await load([row, 'globex,renewed,2025-07-01,,,'])

  expect([report.added, report.rejected, exit]).toEqual([1, 1, 2])
  expect(readFileSync(`${bench.folder}/o.csv.rejects.csv`, 'utf8')).toContain(reason.replaceAll('"', '""'))
})

it('counts those before the first signal, and the days with several kinds, and keeps them', async () => {
  const { report } = await load([
    'acme,renewed,2025-02-01,,,',
    'globex,renewed,2025-07-01,,,',
    'globex,contracted,2025-07-01,,,',
  ])

  expect(report.added).toBe(3)
  expect(report.notes).toMatchObject([
    { kind: 'before_signals', count: 1, example: 'acme 2025-02-01' },
    { kind: 'several_kinds', count: 1, example: 'globex 2025-07-01' },
  ])
  expect(report.notes[1].text).toBe('1 account has outcomes of several kinds on one day: the worse one counts.')
})

it('with --history counts them as learned on their day, also when they were loaded without it before', async () => {
  await load(['acme,churned,2025-05-01,,,'])

  const { report } = await load(['acme,churned,2025-05-01,,,'], '--history')

  expect(report).toMatchObject({ changed: 1 })
  const [outcome] = await listOutcomes(bench.connection.db)
  expect(outcome?.recordedAt).toBe(Date.UTC(2025, 4, 1))
})

describe('--retire', () => {
  const retired = () => bench.rows('select account, since from retirements order by account')

  it('retires whom the file says to have churned, as of that day, unless they were won back', async () => {
    await load(['globex,renewed,2025-09-01,,,'])

    const { stderr } = await load(['acme,churned,2025-05-01,,,', 'globex,churned,2025-07-01,,,'], '--retire')

    expect(retired()).toEqual([`1|${Date.UTC(2025, 4, 1)}`])
    expect(stderr).toContain('1 account retired.')
  })

  it('retires nobody unasked, and says so; nor in a dry run', async () => {
    const { stderr } = await load(['acme,churned,2025-05-01,,,'])
    await load(['acme,churned,2025-06-01,,,'], '--retire', '--dry-run')

    expect(stderr).toContain('1 account churned and stay')
    expect(retired()).toEqual([])
  })

  it('is for outcomes', async () => {
    await expect(bench.import('signals', bench.file('s.csv', ''), '--retire')).rejects.toMatchObject({ code: 'usage' })
  })
})
