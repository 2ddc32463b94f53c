import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doctor } from '../../src/cli/admin/doctor.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { BotError } from '../../src/errors.ts'
import { readDestination } from '../../src/model/schema/destination.ts'
import { loadSettings, type Settings } from '../../src/model/settings.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { saveChosenPlatforms } from '../../src/store/destinations/reach.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import { type Bench, runVerb, setUpImport } from '../support/csv-import.ts'
import { named } from '../support/named-message.ts'

let bench: Bench
let settings: () => Settings

beforeEach(async () => {
  bench = await setUpImport()
  settings = () => loadSettings(undefined)
  await bench.import('people', bench.file('p.csv', 'email,role\ndana@ours.example,csm\n'))
  await accounts('globex,Globex,dana@ours.example')
  scored()
})

afterEach(() => bench.end())

const run = (...words: string[]) =>
  runVerb((program, shell) => doctor(program, { ...shell, settings, environment: {} }), bench.connection, bench.now, [
    'doctor',
    ...words,
  ])

const findings = async () => (JSON.parse((await run('--json')).stdout) as { findings: { problem: string }[] }).findings

const accounts = (rows: string) => bench.import('accounts', bench.file('a.csv', `id,name,owner\n${rows}\n`))
const scored = () => bareOf(bench.connection).exec('delete from due_accounts')

const message = async (to: string, state: string, fault: string, at = bench.now - HOUR) => {
  const card = noticeCard('Alert', 'Acme fell.')
  const id = await addMessage(bench.connection.db, {
    ...named(`${to}:${at}:${state}`),
    to: readDestination(`slack:${to}`),
    card,
    alerts: [],
    at,
  })
  const change = bench.connection.db
    .updateTable('outbox')
    .set({ state, fault, sent_at: at })
    .where('id', '=', id ?? 0)
  await change.execute()
}

it('finds nothing wrong where nothing is', async () => {
  await accounts('acme,Acme,Dana@ours.example')
  scored()

  const { stdout, exit } = await run()

  expect(stdout).toBe('Nothing is wrong.\n')
  expect(exit).toBe(0)
  expect(JSON.parse((await run('--json')).stdout)).toEqual({ ok: true, findings: [] })
})

it('notes that a confidential alert never goes to a channel, and is content all the same', async () => {
  const found = settings()
  const routes = { ...found.routes, routes: [{ to: [readDestination('slack:C1')], escalation: [] }] }
  settings = () => ({ ...found, routes })

  const { stdout, exit } = await run()

  expect(stdout).toContain("Note: pulse_divergence alerts are confidential: they go to the account's owner")
  expect(exit).toBe(0)
})

describe('it fails and says in words', () => {
  it.each([
    ['parked', 'not_in_channel', '1 message to slack:C1 cannot be delivered: not_in_channel.', '/invite @Rounds'],
    ['dead', 'invalid_blocks', '1 message to slack:C1 of the last 7 days was given up: invalid_blocks', 'log'],
    [
      'unknown',
      'timeout',
      'It is not known whether 1 message to slack:C1 arrived: timeout.',
      'Is the service running?',
    ],
    [
      'pending',
      'token_revoked',
      '1 message to slack:C1 is waiting: token_revoked.',
      'Check SLACK_BOT_TOKEN in the environment',
    ],
    [
      'pending',
      'nothing is sending it',
      '1 message to slack:C1 is waiting: nothing is sending it.',
      'Is the service running?',
    ],
  ])('that a message is %s', async (state, fault, problem, remedy) => {
    await message('C1', state, fault)

    const { stdout, exit } = await run()

    expect(exit).toBe(1)
    expect(stdout).toContain(problem)
    expect(stdout).toContain(remedy)
  })

  it('who cannot be found by e-mail', async () => {
    await message('@bob@ours.example', 'parked', 'users_not_found')

    expect((await run()).stdout).toContain('put their Slack user ID into people.csv')
  })

  it('who owns accounts and is nobody, and what nobody owns', async () => {
    await accounts('acme,Acme,bob@ours.example\nbeta,Beta,BOB@ours.example\nfree,Free,')
    scored()

    expect((await findings()).map(({ problem }) => problem)).toEqual([
      'bob@ours.example owns 2 accounts and is not among the people.',
      '1 account has no owner: free.',
    ])
  })

  it('that news wait to be scored, but not what came just now', async () => {
    await accounts('acme,Acme,dana@ours.example')
    const file = bench.file('s.csv', 'account_id,metric,value,observed_at\nacme,nps,9,2025-12-31\n')
    await bench.import('signals', file)
    expect(await findings()).toEqual([])

    bench.now += HOUR

    expect((await findings())[0]?.problem).toBe('1 account has new data that has not been scored.')
  })

  it('that a schedule has not run', async () => {
    await saveSlotsSeen(bench.connection.db, 'scoring', '{}', bench.now - HOUR)

    expect((await findings())[0]?.problem).toBe(
      'The schedule scoring was due at 2025-12-31T23:00:00.000Z and has not run.',
    )
  })

  it('that the settings are refused', async () => {
    settings = () => {
      throw new BotError('bad_settings', 'model.yaml is refused: bands overlap.')
    }

    expect((await findings())[0]?.problem).toBe('model.yaml is refused: bands overlap.')
  })

  it('that somebody changed the audit log', async () => {
    const { db } = bench.connection
    const sqlite = bareOf(bench.connection)
    await recordAudit(db, { at: 1, who: 'dana', act: 'alert.claim', subject: 'a1' })
    sqlite.exec(`drop trigger audit_never_update; update audit set who = 'me' where act = 'alert.claim'`)

    expect((await findings())[0]?.problem).toMatch(/The audit log does not fit together from line \d+ on/)
  })
})

it('names a parked message once, and not what waits to go on in its thread', async () => {
  await message('C1', 'parked', 'not_in_channel')
  await addMessage(bench.connection.db, {
    ...named('part'),
    to: { platform: 'slack', channel: 'C1' },
    card: noticeCard('Alert', 'It goes on.'),
    alerts: [],
    head: 1,
    at: bench.now - HOUR,
  })

  expect((await findings()).map(({ problem }) => problem)).toEqual([
    '1 message to slack:C1 cannot be delivered: not_in_channel.',
  ])
})

it('does not mourn forever', async () => {
  await message('C1', 'dead', 'invalid_blocks', bench.now - 8 * DAY)

  expect((await run()).exit).toBe(0)
})

it('lets parked messages be tried again', async () => {
  await message('C1', 'parked', 'not_in_channel')
  await message('C2', 'parked', 'not_in_channel')

  const { stdout, exit } = await run('--retry')

  expect(stdout).toContain('2 parked messages will be tried again.')
  expect(exit).toBe(0)
  expect(bench.rows('select state, tries from outbox')).toEqual(['pending|0', 'pending|0'])
})

it('names a digest made in chat that cannot be read, and how it is made again', async () => {
  const definition = '{"name":"weekly","schedule":"0 9 30 2 *","to":"slack:C1"}'
  const row = { name: 'weekly', definition, is_paused: 0, changed_at: 0, changed_by: 'boss@ours.example' }
  await bench.connection.db.insertInto('managed_digests').values(row).execute()

  const { stdout, exit } = await run()

  expect(exit).toBe(1)
  expect(stdout).toContain(
    'The digest weekly, made in chat, cannot be read: schedule: "0 9 30 2 *" never comes around.',
  )
  expect(stdout).toContain('/health digest create weekly')
})

it('names messages that a full disk left as being sent', async () => {
  await message('C1', 'sending', '', bench.now - 61_000)
  await message('C2', 'sending', '', bench.now - 5_000)

  expect((await findings()).map(({ problem }) => problem)).toEqual([
    '1 message to slack:C1 is marked as being sent: its outcome was never recorded.',
  ])
})

it('does not wait for a digest that is no more', async () => {
  await saveSlotsSeen(bench.connection.db, 'digest:gone', '{}', bench.now - HOUR)

  expect((await run()).stdout).toBe('Nothing is wrong.\n')
})

describe('a set-up that was not finished is named', () => {
  it('when there are no accounts', async () => {
    bareOf(bench.connection).exec('delete from account_attributes; delete from accounts')

    expect(await findings()).toEqual([
      expect.objectContaining({
        problem: 'There are no accounts yet.',
        remedy: expect.stringContaining('import accounts'),
      }),
    ])
  })

  it('when an example stands where one’s own should', async () => {
    await accounts('acme,Acme,dana@ours.example')
    scored()
    const folder = bench.file('routes.yaml', 'admins: [you@example.com]\nroutes: [{to: ["slack:C0123456789"]}]\n')
    settings = () => loadSettings(dirname(folder))

    expect((await findings()).map(({ problem }) => problem)).toEqual([
      'routes.yaml still has the example\'s "C0123456789".',
      'admins in routes.yaml still has the example\'s "you@example.com".',
    ])
  })

  it('when a digest or a route goes to a platform that is off', async () => {
    await accounts('acme,Acme,dana@ours.example')
    scored()
    await saveChosenPlatforms(bench.connection.db, ['slack'])
    const folder = bench.file('routes.yaml', 'routes: [{to: ["teams:19:abc@thread.tacv2", "slack:C1", owner]}]\n')
    settings = () => loadSettings(dirname(folder))

    const found = await findings()

    expect(found).toHaveLength(1)
    expect(found[0]?.problem).toBe('routes.yaml names teams:19:abc@thread.tacv2, but teams is off.')
  })

  it('when a metric comes in that no measure reads', async () => {
    await accounts('acme,Acme,dana@ours.example')
    await bench.import(
      'signals',
      bench.file('s.csv', 'account_id,metric,value,observed_at\nacme,logins,1,2026-01-01\nacme,lgoins,1,2026-01-01\n'),
    )
    scored()

    expect((await findings()).map(({ problem }) => problem)).toEqual([
      'No measure of the model reads the metric lgoins.',
    ])
  })
})
