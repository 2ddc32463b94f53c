import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OBSERVED_AT, RECEIVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { type Bench, setUpImport } from '../support/csv-import.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const data = process.env.ROUNDS_DATA ?? join(root, '../shared/data')
const isThere = existsSync(join(data, 'ravenstack'))
if (!isThere) console.warn(`RavenStack is not in ${data}: its tests are skipped. ROUNDS_DATA may name another folder.`)

const converter = join(root, 'examples/ravenstack/convert.mjs')

describe.skipIf(!isThere)('RavenStack', () => {
  let published: Loaded
  let spreadsheet: Loaded

  beforeAll(async () => {
    published = await load('ravenstack')
    spreadsheet = await load('ravenstack-spreadsheet')
  }, 120_000)

  afterAll(async () => {
    await published.bench.end()
    await spreadsheet.bench.end()
  })

  it('makes the same database as published and as a spreadsheet saved it', () => {
    expect(published).toMatchObject({ accounts: 500, signals: 87_533 })
    expect(spreadsheet).toMatchObject({ accounts: 500, signals: 87_533 })

    const tables = ['accounts', 'account_attributes', 'metrics', 'sources', 'signals', 'signal_versions', 'series']
    for (const table of tables) {
      const [one, other] = [published, spreadsheet].map(({ bench }) => bench.rows(`select * from ${table}`).join('\n'))
      expect(one === other, table).toBe(true)
    }
  })

  it('says what is odd with counts and goes on', () => {
    expect(published.said).toContain('13198 usage rows are dated before their account signed up; kept.')
    expect(published.said).toContain('21 usage ids stand a second time, for another use; kept apart as ID.2.')
    expect(published.said).toContain('312 accounts have a churn flag that their churn events contradict.')
    expect(spreadsheet.said.split('\n').slice(0, -2)).toEqual(published.said.split('\n').slice(0, -2))
  })

  it('loses no use of a doubled id, and puts satisfaction where the ticket closed', () => {
    const count = (metric: string) =>
      published.bench.rows(`select count(*) from signals join metrics on key = metric where name = '${metric}'`)

    expect(count('key_feature_uses')).toEqual(['25000'])
    expect(count('csat')).toEqual(['1175'])
    const closing = Date.UTC(2024, 9, 17, 19)
    const satisfaction = `select ${OBSERVED_AT}, ${RECEIVED_AT}, value from signals join metrics on key = metric
      where name = 'csat' and id = 'T-d5e12f'`
    expect(published.bench.rows(satisfaction)).toEqual([`${closing}|${closing}|4`])
  })

  it('changes nothing when it is loaded again', async () => {
    const { bench } = published

    const again = await bench.import('signals', join(bench.folder, 'signals.csv'), '--history', '--json')

    expect(JSON.parse(again.stdout)).toMatchObject({ added: 0, changed: 0, unchanged: 87_533, rejected: 0 })
  })
})

type Loaded = { readonly bench: Bench; readonly said: string; readonly accounts: number; readonly signals: number }

/** Converts and imports one variant. */
async function load(variant: string): Promise<Loaded> {
  const bench = await setUpImport()
  const { stderr: said } = await promisify(execFile)(process.execPath, [converter, join(data, variant), bench.folder])
  const accounts = await bench.import('accounts', join(bench.folder, 'accounts.csv'), '--json')
  const signals = await bench.import('signals', join(bench.folder, 'signals.csv'), '--history', '--json')
  return { bench, said, accounts: JSON.parse(accounts.stdout).added, signals: JSON.parse(signals.stdout).added }
}
