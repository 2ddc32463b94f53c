import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Bench, setUpImport } from '../support/csv-import.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  await bench.import('accounts', bench.file('accounts.csv', 'id,name\nacme,Acme\n'))
})

afterEach(() => bench.end())

const ROWS = [
  'account_id,metric,value,observed_at,source',
  'acme,nps,9,2025-12-01,crm',
  'acme,nps,8,2025-12-02,',
  'nobody,nps,8,2025-12-02,crm',
].join('\n')

it('counts what each source sent, and what was rejected at the door', async () => {
  await bench.import('signals', bench.file('signals.csv', ROWS))

  expect(bench.rows('select * from source_counts order by source')).toEqual(['crm|1|0', 'csv|1|1'])
})

it('counts nothing of a dry run', async () => {
  await bench.import('signals', bench.file('signals.csv', ROWS), '--dry-run')

  expect(bench.rows('select * from source_counts')).toEqual([])
})
