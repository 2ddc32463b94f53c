import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BUTTONS } from '../../src/chat/buttons.ts'
import { openDoor } from '../../src/chat/door/door.ts'
import { FORMS } from '../../src/chat/forms.ts'
import type { ChatAdapter, Door, Profile, Standing } from '../../src/chat/port.ts'
import { SHORTCUTS } from '../../src/chat/shortcuts.ts'
import { COMMAND_NAMES } from '../../src/chat/words/vocabulary.ts'
import type { Runtime } from '../../src/context.ts'
import { DeliveryError } from '../../src/errors.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { at } from '../support/world.ts'

/** What of a company must reach nobody who does not belong to it. */
const DATA = /Rival|rival|990|dana@|healthy/i

let connection: Connection
let door: Door
let now: number
/** What the platform says of somebody; a fault when it cannot be asked. */
let says: (userId: string) => Profile | DeliveryError
let mayAsk: 'workspace' | 'people'

beforeEach(async () => {
  now = at('2026-11-02T08:00')
  mayAsk = 'workspace'
  connection = await migratedDatabase()
  await saveAccounts(
    connection.db,
    [{ id: 'rival', name: 'Rival Corp', attributes: new Map([['arr', '990000']]) }],
    now,
  )
  await savePeople(connection.db, [{ email: 'dana@ours.example', fields: new Map([['role', 'csm']]) }])
  const settings = loadSettings(undefined)
  const pager: Partial<ChatAdapter> = {
    platform: 'pager',
    capabilities: { privateReplies: true, dialogs: true, typeahead: true, charts: false, messageSize: 10_000 },
    outsiders: async () => [],
    profile: async userId => {
      const said = says(userId)
      if (said instanceof DeliveryError) throw said
      return said
    },
  }
  const context: Runtime = {
    connection,
    instance: 'test',
    clock: () => now,
    log: silentLog,
    newId: () => `id-${Math.random()}`,
    readSettings: async () => ({ ...settings, routes: { ...settings.routes, access: { who: mayAsk } } }),
    platforms: [],
    chats: new Map([['pager', pager as ChatAdapter]]),
    wakeSender: () => {},
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  }
  door = openDoor(context)
})

afterEach(() => connection.close())

let deliveries = 0

/** Everything that somebody can do, by name. */
function acts(userId: string, told: { standing?: Standing } = {}) {
  const actor = { platform: 'pager', userId, ...told }
  const knock = () => ({ actor, channel: 'room', canOpenForm: true, deliveryId: `d${++deliveries}` })
  const asks = (text: string) => () => door.ask({ ...knock(), text, isPrivate: false })
  const words = ['', 'rival', 'Rival Corp --as-of 2026-11-01', 'health', 'precision restore at_risk']
  const submission = { ...knock(), state: '{}', values: { account: 'rival', rating: '5', note: 'x', name: 'weekly' } }
  const origin = { channel: 'room', id: 'm1' }
  const message = { text: 'They leave', writtenAt: now, message: origin }
  return {
    ...Object.fromEntries([...words, ...COMMAND_NAMES.map(name => `${name} rival`)].map(text => [text, asks(text)])),
    ...Object.fromEntries(
      Object.keys(BUTTONS).map(action => [
        `press ${action}`,
        () => door.press({ ...knock(), action, value: 'rival', origin }),
      ]),
    ),
    ...Object.fromEntries(
      Object.keys(FORMS).map(id => [`form ${id}`, () => door.submit({ ...submission, ...knock(), form: id })]),
    ),
    ...Object.fromEntries(
      SHORTCUTS.map(({ name }) => [`shortcut ${name}`, () => door.shortcut({ ...knock(), ...message, name })]),
    ),
    search: () => door.suggest({ actor, kind: 'account', text: 'riv' }),
    'search people': () => door.suggest({ actor, kind: 'person', text: 'dan' }),
    home: () => door.home(actor),
    welcome: () => door.welcome({ ...knock(), isPrivate: true, isInstalled: true }),
  }
}

const audit = () => connection.db.selectFrom('audit').selectAll().execute()

describe('whatever they do', () => {
  it.each<[string, Profile | DeliveryError, { standing?: Standing }, string]>([
    ['somebody of another company', { standing: 'outsider' }, {}, 'outsider'],
    ['somebody who acts for another company', { standing: 'member' }, { standing: 'outsider' }, 'outsider'],
    ['a guest', { standing: 'guest', email: 'gus@elsewhere.example' }, {}, 'guest'],
    ['a deactivated colleague', { standing: 'deactivated', email: 'dana@ours.example' }, {}, 'deactivated'],
    ['somebody of whom the platform says nothing', {}, {}, 'unknown'],
    ['somebody whom the platform cannot be asked about', new DeliveryError('busy', 'wait'), {}, 'unknown'],
    ['a bot', { standing: 'bot', email: 'dana@ours.example' }, {}, 'bot'],
  ])('%s is told so, reads nothing of ours, changes nothing, and leaves one line', async (_, profile, told, reason) => {
    says = () => profile
    const before = await everything()

    for (const [name, act] of Object.entries(acts('u1', told))) {
      const lines = (await audit()).length
      const reply = JSON.stringify(await act())

      expect(reply, name).not.toMatch(DATA)
      expect(reply, name).toMatch(
        /Rounds only answers|does not answer guests|deactivated|does not answer bots|cannot tell|"nothing"|\[\]/,
      )
      const fresh = (await audit()).slice(lines)
      expect(fresh, name).toMatchObject([{ act: expect.stringMatching(/^refused:/), is_now: reason }])
      expect(JSON.stringify(fresh), name).not.toContain('Rival')
    }

    expect(await everything()).toEqual(before)
  })

  it('a colleague is answered', async () => {
    says = () => ({ standing: 'member', email: 'cole@ours.example' })

    const replies = await Promise.all(Object.values(acts('cole')).map(async act => JSON.stringify(await act())))

    expect(replies.filter(reply => DATA.test(reply)).length).toBeGreaterThan(10)
    expect(JSON.stringify(replies)).not.toMatch(/Rounds answers only/)
  })
})

const asks = (userId: string, text = 'rival') =>
  door.ask({
    actor: { platform: 'pager', userId },
    text,
    channel: 'room',
    isPrivate: true,
    canOpenForm: true,
    deliveryId: `d${++deliveries}`,
  })

describe('the people file', () => {
  it('lets a guest in whom it names', async () => {
    says = () => ({ standing: 'guest', email: 'gus@elsewhere.example' })
    await savePeople(connection.db, [{ email: 'gus@elsewhere.example', fields: new Map([['role', 'viewer']]) }])

    expect(JSON.stringify(await asks('gus'))).toContain('Rival Corp')
  })

  it('is all that counts where only people may ask', async () => {
    mayAsk = 'people'
    says = userId => ({ standing: 'member', email: `${userId}@ours.example` })

    expect(JSON.stringify(await asks('cole'))).toContain('Only people whom an admin has added')
    expect(JSON.stringify(await asks('dana'))).toContain('Rival Corp')
  })
})

describe('somebody who leaves', () => {
  it('is out within five minutes', async () => {
    says = () => ({ standing: 'member', email: 'dana@ours.example' })
    await asks('dana')
    says = () => ({ standing: 'deactivated', email: 'dana@ours.example' })

    now += 5 * 60_000

    expect(JSON.stringify(await asks('dana'))).toContain('deactivated')
  })
})

it('takes somebody who acted for another company for one of it, though the next request does not say so', async () => {
  says = () => ({ standing: 'member', email: 'buyer@theirs.example' })
  await acts('buyer', { standing: 'outsider' }).search()

  expect(JSON.stringify(await asks('buyer'))).toContain('Rounds only answers')
})

/** All that is stored, but what a refusal may leave. */
async function everything(): Promise<unknown> {
  const rows: Record<string, unknown> = {}
  for (const table of await connection.db.introspection.getTables()) {
    if (/^(audit|handled_deliveries$|meta$)/.test(table.name)) continue
    rows[table.name] = await connection.db
      .selectFrom(table.name as 'people')
      .selectAll()
      .execute()
  }
  return rows
}

it('notes a search that is refused once, however many letters are typed', async () => {
  says = () => ({ standing: 'guest', email: 'gus@elsewhere.example' })
  const actor = { platform: 'pager', userId: 'gus' }

  for (const text of ['r', 'ri', 'riv']) {
    const { options, refusal } = await door.suggest({ actor, kind: 'account', text })
    expect([options, refusal?.summary]).toEqual([[], expect.stringContaining('does not answer guests')])
  }
  expect(await audit()).toHaveLength(1)

  now += 60 * 60_000
  await door.suggest({ actor, kind: 'account', text: 'riva' })
  expect(await audit()).toHaveLength(2)
})

it('notes somebody whom the platform sends away, once for each thing they wanted', async () => {
  const stranger = { actor: { platform: 'pager', userId: 'buyer' }, knock: 'press', deliveryId: 'one' }

  await door.turnedAway(stranger)
  await door.turnedAway(stranger)
  await door.turnedAway({ ...stranger, deliveryId: 'two' })

  expect(await audit()).toMatchObject(Array(2).fill({ act: 'refused:press', subject: 'press', is_now: 'outsider' }))
})
