import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../src/cli/admin/audit.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
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

describe('a log that can be neither changed nor shortened', () => {
  const sql = (text: string) => bareOf(bench.connection).exec(text)
  const verified = async (...words: string[]) => {
    const { stdout, exit } = await run('verify', '--json', ...words)
    return { exit, ...(JSON.parse(stdout) as { whole: boolean; lines: number; hash: string; problem: string | null }) }
  }
  const cutOff = (from: number) => sql(`drop trigger audit_never_delete; delete from audit where id >= ${from}`)
  const line = { at: 0, who: 'eve@ours.example', act: 'alert.claim', subject: 'a2' }

  it('is whole', async () => {
    expect(() => sql(`update audit set who = 'me'`)).toThrow('append-only')
    expect(() => sql('delete from audit')).toThrow('append-only')

    expect(await verified()).toMatchObject({ exit: 0, whole: true, lines: 3, problem: null })
    expect((await run('verify')).stdout).toContain('The audit log is intact: 3 lines')
  })

  it('gives away a line that was changed behind its back', async () => {
    sql(`drop trigger audit_never_update; update audit set who = 'me' where id = 2`)

    expect(await verified()).toMatchObject({
      exit: 1,
      whole: false,
      problem: expect.stringContaining('from line 2 on'),
    })
  })

  it('gives away that its end was cut off', async () => {
    cutOff(2)

    const problem = 'The end of the audit log is missing: 2 of 3 lines.'
    expect(await verified()).toMatchObject({ exit: 1, whole: false, lines: 1, problem })
  })

  it('gives it away still when it has grown again', async () => {
    cutOff(3)
    await recordAudit(bench.connection.db, line)

    expect(await verified()).toMatchObject({ exit: 1, problem: expect.stringContaining('from line 3 on') })
  })

  it('is held against what an earlier log file said, where the note was forged too', async () => {
    const { lines, hash } = await verified()
    cutOff(3)
    sql(`update meta set value = json_object('lines', 2, 'hash', (select hash from audit order by id desc limit 1))`)
    await recordAudit(bench.connection.db, line)

    expect(await verified()).toMatchObject({ exit: 0 })
    expect(await verified('--head', `${lines}:${hash}`)).toMatchObject({ exit: 1, whole: false })
    await expect(run('verify', '--head', '3')).rejects.toMatchObject({ message: expect.stringContaining('--head') })
  })
})
