import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportVerb } from '../../src/cli/export/export.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { type Bench, runVerb, setUpImport } from '../support/csv-import.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  const accounts = `id,name,owner,arr,renewal_on,plan
a1,"Müller, Söhne & ""Co""",ana@example.com,48000.5,2026-11-30,pro
a2,Minus,,,,
`
  const signals = `account_id,metric,value,observed_at,source,id
a1,nps,-3.25,2025-12-30T08:00:00.000Z,survey,x1
a1,logins,7,2025-12-31T08:00:00.000Z,product,
a2,logins,0,2025-12-31T08:00:00.000Z,product,~2
`
  await bench.import('accounts', bench.file('accounts.csv', accounts))
  await bench.import('signals', bench.file('signals.csv', signals))
})

afterEach(() => bench.end())

const exported = (from: Bench, ...words: string[]) =>
  runVerb(exportVerb, from.connection, bench.now, ['export', ...words])

describe('what is exported', () => {
  it.each([[], ['--ndjson']])('loads into an empty Rounds as the same data %s', async (...words) => {
    const other = await setUpImport()
    for (const kind of ['accounts', 'signals']) {
      const { stdout } = await exported(bench, kind, ...words)
      const loaded = await other.import(
        kind,
        other.file(`${kind}.${words.length === 0 ? 'csv' : 'ndjson'}`, stdout),
        '--json',
      )
      expect(JSON.parse(loaded.stdout)).toMatchObject({ rejected: 0 })
      expect((await exported(other, kind)).stdout).toBe((await exported(bench, kind)).stdout)
    }
    await other.end()
  })

  it('is nothing that a spreadsheet would run', async () => {
    await bench.import('accounts', bench.file('more.csv', 'id,name,plan\na3,A,"=HYPERLINK(""x"")"\n'))
    expect((await exported(bench, 'accounts')).stdout).toContain(`"'=HYPERLINK(""x"")"`)
  })

  it('begins with the day that is asked for', async () => {
    const { stdout } = await exported(bench, 'signals', '--since', '2025-12-31')

    expect(stdout).not.toContain('nps')
    expect(stdout).toContain('a1,logins,7')
  })

  it('leaves confidential alerts out, unless they are asked for', async () => {
    const alert = { account: 1, at: bench.now, reason: 'Because' }
    await openAlerts(bench.connection.db, [
      { ...alert, id: 'open', kind: 'at_risk' },
      { ...alert, id: 'secret', kind: 'pulse_divergence' },
    ])

    const { stdout, stderr } = await exported(bench, 'alerts')
    expect([stdout.includes('open'), stdout.includes('secret')]).toEqual([true, false])
    expect(stderr).toContain('1 confidential alert was left out: --confidential adds them.')
    expect((await exported(bench, 'alerts', '--confidential')).stdout).toContain('secret')
  })

  it('is refused in a sentence where there is no such thing', async () => {
    await expect(exported(bench, 'secrets')).rejects.toThrow('Rounds cannot export "secrets".')
    await expect(exported(bench, 'person')).rejects.toThrow('Say whose data to export.')
  })
})
