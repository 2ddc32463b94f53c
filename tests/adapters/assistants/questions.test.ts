import { randomBytes } from 'node:crypto'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createToken } from '../../../src/store/people/tokens.ts'
import { addTask } from '../../../src/store/playbooks/tasks.ts'
import { SMALL_MODEL, signalsOf } from '../../support/small-model.ts'
import { at, createWorld, type World } from '../../support/world.ts'

let world: World
let client: Client

/** A Thursday. Dana looks after Acme, which fell and renews soon, and Bolt, which rose; Eve after Core, which is fine. */
beforeAll(async () => {
  world = await createWorld({ now: '2026-10-20T08:00', files: { 'model.yaml': SMALL_MODEL } })
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana', role: 'csm' },
      { email: 'eve@ours.example', name: 'Eve', role: 'csm', time_zone: 'America/New_York' },
    ],
    accounts: [
      {
        id: 'acme',
        name: 'Acme',
        owner: 'dana@ours.example',
        segment: 'enterprise',
        arr: '90000',
        renewal_on: '2027-01-10',
      },
      {
        id: 'bolt',
        name: 'Bolt',
        owner: 'dana@ours.example',
        segment: 'startup',
        arr: '12000',
        renewal_on: '2027-08-01',
      },
      {
        id: 'core',
        name: 'Core',
        owner: 'eve@ours.example',
        segment: 'enterprise',
        arr: '50000',
        renewal_on: '2026-12-20',
      },
      { id: 'dark', name: 'Dark', owner: 'eve@ours.example', segment: 'startup', arr: '5000' },
    ],
    signals: [
      ...signalsOf('acme', 40, '2026-10-10'),
      ...signalsOf('bolt', 0, '2026-10-10'),
      ...signalsOf('core', 40, '2026-10-10'),
    ],
  })
  await world.start()
  await world.tick()
  world.passTo('2026-11-24T08:00')
  await world.has({
    signals: [
      ...['active_users 0', 'nps -100', 'csm_pulse 1'].map(signal => `acme ${signal} 2026-11-23`),
      'bolt active_users 30 2026-11-23',
    ],
  })
  await world.tick()
  world.passTo('2026-11-26T08:00')
  await world.tick()
  const { db } = world.connection
  const key = async (id: string) =>
    (await db.selectFrom('accounts').select('key').where('id', '=', id).executeTakeFirstOrThrow()).key
  const task = { role: 'owner', at: world.now, account: await key('acme') }
  await addTask(db, {
    ...task,
    id: 'late',
    title: 'Send the plan',
    assignee: 'dana@ours.example',
    dueAt: at('2026-11-25T08:00'),
  })
  await addTask(db, {
    ...task,
    id: 'next',
    title: 'Call the sponsor',
    assignee: 'eve@ours.example',
    dueAt: at('2026-11-30T08:00'),
  })
  client = await connected('dana')
  await use('add_to_timeline', { account: 'acme', text: 'We promised them single sign-on by March.' })
  await use('record_pulse', { account: 'core', rating: 4 })
})

afterAll(async () => {
  await client.close()
  await world.close()
})

async function connected(name: string): Promise<Client> {
  const wanted = { name, scopes: ['mcp'] as const, person: `${name}@ours.example`, now: world.now, randomBytes }
  const { token } = await createToken(world.connection.db, wanted)
  const connecting = new Client({ name: 'a CSM', version: '1' })
  const url = new URL(`http://127.0.0.1:${world.port}/mcp`)
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await connecting.connect(new StreamableHTTPClientTransport(url, { requestInit }) as Transport)
  return connecting
}

type Arguments = Record<string, unknown>

async function use(name: string, given: Arguments = {}, by = client): Promise<Arguments> {
  const { structuredContent, isError, content } = await by.callTool({ name, arguments: given })
  expect([isError ?? false, content]).toEqual([false, expect.anything()])
  return structuredContent as Arguments
}

const account = (id: string, more = {}) => expect.objectContaining({ account: id, ...more })
const only = (...ids: string[]) => ids.map(id => account(id))

/** What is asked, the calls that answer it, and what the last of them says. */
const QUESTIONS: readonly [question: string, calls: readonly [tool: string, given?: Arguments][], says: Arguments][] = [
  [
    'Who of mine renews in 60 days and fell?',
    [['list_accounts', { owner: 'me', renews_within_days: 60, falling: true }]],
    { accounts: only('acme'), total: 1 },
  ],
  [
    'What did we promise Acme?',
    [['timeline', { account: 'Acme', kinds: ['comments', 'tasks'] }]],
    {
      entries: expect.arrayContaining([
        expect.objectContaining({
          quoted_text: 'We promised them single sign-on by March.',
          at: expect.stringMatching(/Z$/),
        }),
        expect.objectContaining({ quoted_title: 'Send the plan' }),
      ]),
    },
  ],
  [
    'What moved since Monday?',
    [['what_moved', { since: 'monday' }]],
    { since: '2026-11-23T00:00:00.000Z', changes: expect.arrayContaining(only('acme')) },
  ],
  [
    'What moved among mine?',
    [['what_moved', { since: '7d', owner: 'me' }]],
    { changes: expect.not.arrayContaining(only('core')) },
  ],
  [
    'Which alerts does nobody have?',
    [['alerts', { whose: 'unclaimed' }]],
    { alerts: expect.arrayContaining([account('acme', { claimed_by: null })]) },
  ],
  [
    'What needs me first?',
    [['alerts', { whose: 'mine', limit: 1 }]],
    { alerts: [account('acme', { kind: 'renewal_risk' })] },
  ],
  [
    'How well does the model tell?',
    [['backtest']],
    { too_few: expect.stringContaining('of the 40 needed'), state: 'done' },
  ],
  [
    'How is Acme, whose is it, when does it renew?',
    [['account_health', { account: 'acme' }]],
    { verdict: 'at_risk', owner: 'dana@ours.example', renewal_on: '2027-01-10', arr: 90000, shown: 0 },
  ],
  [
    'Why is Acme at 0?',
    [['explain_score', { account: 'Acme' }]],
    { components: expect.arrayContaining([expect.objectContaining({ id: 'usage', lost: 60 })]) },
  ],
  [
    'What happened to Acme since August?',
    [['what_moved', { account: 'Acme', since: '2026-11-01' }]],
    { score_then: 100, score_now: 0, moves: expect.arrayContaining([{ id: 'usage', points: -60 }]) },
  ],
  [
    'What would get Acme back?',
    [['what_would_help', { account: 'Acme' }]],
    { next_band: { id: 'attention', from: 40 } },
  ],
  [
    'How are we doing?',
    [['portfolio']],
    { accounts: 4, arr: 157000, bands: expect.arrayContaining([{ band: 'at_risk', accounts: 1, arr: 90000 }]) },
  ],
  ["How is Eve's book?", [['portfolio', { owner: 'Eve' }]], { accounts: 2, arr: 55000 }],
  ['How much renews this quarter?', [['portfolio', { renews_within_days: 60 }]], { accounts: 2, arr: 140000 }],
  [
    'Who is at risk in enterprise?',
    [['list_accounts', { band: 'at risk', segment: 'enterprise' }]],
    { accounts: only('acme') },
  ],
  ['Who got better?', [['list_accounts', { rising: true }]], { accounts: only('bolt') }],
  ['Of whom do we know too little?', [['list_accounts', { band: 'unknown' }]], { accounts: only('dark') }],
  ['What do I have to do?', [['tasks']], { tasks: [expect.objectContaining({ id: 'late', is_overdue: true })] }],
  [
    'What is overdue in the team?',
    [['tasks', { assignee: 'anyone', overdue: true }]],
    { tasks: [expect.objectContaining({ id: 'late' })], total: 1 },
  ],
  ['What is open for Acme?', [['tasks', { account: 'acme' }]], { total: 2 }],
  [
    'How did we rate Core last?',
    [['timeline', { account: 'core', kinds: ['pulses'], limit: 1 }]],
    { entries: [expect.objectContaining({ rating: 4, by: 'dana@ours.example' })] },
  ],
  [
    'Who is called something like Bolted?',
    [['find_accounts', { name: 'bolted' }]],
    { matches: expect.arrayContaining([{ account: 'bolt', name: 'Bolt' }]) },
  ],
  [
    'What counts, and how much?',
    [['model']],
    { components: expect.arrayContaining([expect.objectContaining({ id: 'usage', weight: 60 })]) },
  ],
  [
    'Take the most urgent alert that nobody has.',
    [['alerts', { whose: 'unclaimed', limit: 1 }], ['claim_alert']],
    {
      done: true,
      before: { state: 'open', claimed_by: null },
      alert: account('acme', { claimed_by: 'dana@ours.example' }),
    },
  ],
]

it.each(QUESTIONS)('%s', async (_, calls, says) => {
  expect(calls.length).toBeLessThanOrEqual(2)
  let last: Arguments = {}
  for (const [tool, given = alertIn(last)] of calls) last = await use(tool, given)

  expect(last).toMatchObject(says)
  expect(JSON.stringify(last).length).toBeLessThan(20_000)
})

/** A call without arguments of its own goes on with the first alert of the answer before. */
function alertIn({ alerts = [] }: { alerts?: { id: string }[] }): Arguments {
  const [first] = alerts
  return first === undefined ? {} : { alert: first.id }
}

it('reads a day as one of the time zone of the person who asks', async () => {
  const eve = await connected('eve')

  expect(await use('brief', { account: 'core', as_of: '2026-11-24' }, eve)).toMatchObject({
    as_of: '2026-11-24T05:00:00.000Z',
  })
  expect(await use('what_moved', { since: 'monday' }, eve)).toMatchObject({ since: '2026-11-23T05:00:00.000Z' })
  await eve.close()
})
