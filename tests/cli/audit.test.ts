import { afterEach, beforeEach, expect, it } from 'vitest'
import { audit } from '../../src/cli/audit.ts'
import { brokenAuditLine, recordAudit } from '../../src/store/audit.ts'
import { type Bench, runVerb, setUpImport } from '../support/csv-import.ts'

let bench: Bench

beforeEach(async () => {
  bench = await setUpImport()
  await bench.import('accounts', bench.file('a.csv', 'id,name\nacme,Acme\nglobex,Globex\n'))
  const { db } = bench.connection
  const line = { at: Date.UTC(2026, 0, 2), who: 'dana@ours.example', act: 'alert.claim', subject: 'a1' }
  await recordAudit(db, { ...line, account: 'acme', was: 'open', isNow: 'claimed' })
  await recordAudit(db, { ...line, account: 'globex' })
})

afterEach(() => bench.end())

const run = (...words: string[]) => runVerb(audit, bench.connection, bench.now, ['audit', ...words])

it('prints who did what as one JSON document, oldest first', async () => {
  const { stdout } = await run('--json')

  expect(JSON.parse(stdout)).toMatchObject([
    { act: 'import.accounts', subject: 'a.csv', account: null, is: '2 added, 0 changed' },
    { account: 'acme' },
    { account: 'globex' },
  ])
})

it('prints what concerns one account', async () => {
  const { stdout } = await run('--account', 'acme', '--json')

  expect(JSON.parse(stdout)).toEqual([
    {
      at: '2026-01-02T00:00:00.000Z',
      who: 'dana@ours.example',
      act: 'alert.claim',
      subject: 'a1',
      account: 'acme',
      was: 'open',
      is: 'claimed',
    },
  ])
})

it('says it in words', async () => {
  const { stdout } = await run('--account', 'Acme')

  expect(stdout).toBe('2026-01-02T00:00:00.000Z  dana@ours.example: alert.claim a1 (acme): open -> claimed\n')
})

it('knows no account of another name', async () => {
  await expect(run('--account', 'nobody')).rejects.toMatchObject({ code: 'no_account' })
})

it('can be neither changed nor shortened, and a change behind its back is found', async () => {
  const { sqlite, db } = bench.connection

  expect(() => sqlite.exec(`update audit set who = 'me'`)).toThrow('append-only')
  expect(() => sqlite.exec('delete from audit')).toThrow('append-only')
  expect(await brokenAuditLine(db)).toBeUndefined()
  sqlite.exec(`drop trigger audit_never_update; update audit set who = 'me' where id = 2`)
  expect(await brokenAuditLine(db)).toBe(2)
})
