import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { renderForm as renderInSlack } from '../../adapters/slack/render/render-form.ts'
import { readForm } from '../../adapters/teams/inbound/read-values.ts'
import { renderForm as renderInTeams } from '../../adapters/teams/render/render-form.ts'
import { openDoor } from '../../src/chat/door/door.ts'
import { FORMS } from '../../src/chat/forms.ts'
import type { ChatAdapter, Door, Reply, Submission } from '../../src/chat/port.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { addTask } from '../../src/store/playbooks/tasks.ts'
import type { Form, FormId } from '../../src/views/form.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { submittedBy } from '../support/adaptive-card.ts'
import { formOf } from '../support/demo-door.ts'
import { checkView } from '../support/fake-slack/validate-blocks.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { at } from '../support/world.ts'

const NOW = at('2026-11-02T08:00')
const IDS = Object.keys(FORMS) as FormId[]
const OUT_OF_DATE = /This form is out of date\..*Open it again\./s

type Values = Submission['values']

/** What somebody fills in who makes no mistake. */
const GOOD: Readonly<Record<FormId, Values>> = {
  assign: { to: 'boss@ours.example' },
  snooze: { wakes: 'day', day: '2026-11-20' },
  resolve: { reason: 'They signed.' },
  comment: { account: 'acme', text: 'A great meeting' },
  digest: { name: 'weekly', days: ['mon'], time: '09:00', time_zone: 'UTC', to: 'pager:room', segments: [] },
  pulse: { rating: '4', note: 'They like it', expires: '30' },
  'pulse-note': { note: 'They are leaving.' },
  choices: {
    ...{ alerts: 'morning', tasks: 'now', pulses: 'never', renewals: 'never', five: 'morning' },
    ...{ quiet_from: '22:00', quiet_to: '07:00', score: 'words' },
  },
  outcome: { kind: 'renewed', on: '2026-10-01', reason: 'value', arr: '12000' },
  'task-done': { note: 'They were called.' },
  'task-skip': { note: 'No longer needed.' },
  'task-reassign': { to: 'fay@ours.example' },
  'task-add': { title: 'Call them', to: 'dana@ours.example', due: '2bd' },
  'list-filter': { band: 'at_risk', owner: 'dana@ours.example', renewal: '90', change: 'falling' },
  'account-pick': { account: 'acme' },
  share: { channel: 'room', note: 'Look at this' },
}

/** They show something, and change nothing. */
const LOOKS: readonly FormId[] = ['list-filter', 'account-pick']
/** Everybody may. */
const OPEN: readonly FormId[] = [...LOOKS, 'share', 'choices']

/** Well formed, and about things that are not there, or not for the one who asks. */
const STRANGE: Readonly<Record<FormId, object>> = {
  assign: { alert: 'nobody-s' },
  snooze: { alert: 'secret' },
  resolve: { alert: 'secret' },
  comment: { message: 5, writtenAt: 'yesterday' },
  digest: { edited: 'gone' },
  pulse: { account: 'other', pulse: 'p1' },
  'pulse-note': { account: 'other', rating: 1 },
  choices: { person: 'other' },
  outcome: { account: 'other' },
  'task-done': { task: 'gone' },
  'task-skip': { task: 'secret-task' },
  'task-reassign': { task: 'secret-task' },
  'task-add': { account: 'other', task: 't9' },
  'list-filter': { isRetired: 'perhaps' },
  'account-pick': { action: 'delete' },
  share: { account: 'gone' },
}

let connection: Connection
let door: Door
let deliveries = 0

beforeEach(async () => {
  connection = await migratedDatabase()
  const { db } = connection
  const role = (name: string) => ({ boss: 'admin', dana: 'csm', fay: 'csm' })[name] ?? 'viewer'
  const people = ['boss', 'dana', 'fay', 'vic'].map(name => ({
    email: `${name}@ours.example`,
    fields: new Map([['role', role(name)] as const]),
  }))
  await savePeople(db, people)
  await saveAccounts(db, [{ id: 'acme', name: 'Acme', attributes: new Map([['owner', 'dana@ours.example']]) }], NOW)
  await openAlerts(db, [{ id: 'a1', account: 1, kind: 'at_risk', at: NOW - 1, reason: 'Fell' }])
  await openAlerts(db, [{ id: 'secret', account: 1, kind: 'pulse_divergence', at: NOW - 1, reason: 'Hidden' }])
  const task = { account: 1, role: 'csm', at: NOW - 1, dueAt: NOW + 1, assignee: 'dana@ours.example' }
  await addTask(db, { ...task, id: 't1', title: 'Call' })
  door = openDoor({
    connection,
    instance: 'test',
    clock: () => NOW,
    log: silentLog,
    newId: () => `id-${++deliveries}`,
    readSettings: async () => loadSettings(undefined),
    platforms: [],
    chats: new Map([['pager', pager as ChatAdapter]]),
    wakeSender: () => {},
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  })
})

afterEach(() => connection.close())

const pager: Partial<ChatAdapter> = {
  platform: 'pager',
  capabilities: { privateReplies: true, dialogs: true, typeahead: true, charts: false, messageSize: 10_000 },
  split: card => [card],
  outsiders: async () => [],
  probe: async () => {},
  profile: async userId => ({ email: `${userId}@ours.example`, name: userId, standing: 'member' }),
}

const knock = (userId: string) => ({
  actor: { platform: 'pager', userId },
  channel: 'room',
  isPrivate: true,
  canOpenForm: true,
  deliveryId: `d${++deliveries}`,
})

function opened(id: FormId, userId = 'boss'): Promise<Reply> {
  const press = (action: string, value: string) => door.press({ ...knock(userId), action, value })
  switch (id) {
    case 'comment': {
      const message = { text: 'Hi', writtenAt: NOW, message: { channel: 'c', id: '1' } }
      return door.shortcut({ ...knock(userId), ...message, name: 'add_to_timeline' })
    }
    case 'digest':
      return door.ask({ ...knock(userId), text: 'digest create weekly' })
    case 'pulse':
    case 'share':
    case 'outcome':
    case 'task-add':
      return press(id, 'acme')
    case 'list-filter':
      return press(id, 'list at-risk')
    case 'account-pick':
      return press(id, 'explain')
    case 'choices':
      return press('choose', '')
    case 'pulse-note':
      return press('pulse-rate', '1 acme')
    case 'task-done':
      return press('task-note', 't1')
    case 'task-skip':
    case 'task-reassign':
      return press(id, 't1')
    default:
      return press(id, 'a1')
  }
}

function submit({ id, state }: Pick<Form, 'id' | 'state'>, values: Values, userId = 'boss') {
  return door.submit({ ...knock(userId), form: id, state, values })
}

/** All that is stored, but that somebody asked. */
async function everything() {
  const tables = (await connection.db.introspection.getTables()).filter(
    ({ name }) => !/^(handled_|people$|platform_users$|audit|meta$)/.test(name),
  )
  const rows = tables.map(({ name }) =>
    connection.db
      .selectFrom(name as 'people')
      .selectAll()
      .execute(),
  )
  return Object.fromEntries((await Promise.all(rows)).map((found, n) => [tables[n]?.name, found]))
}

describe.each(IDS)('the form %s', id => {
  it('opens, and does what it says when it is filled in well', async () => {
    const before = await everything()
    const form = formOf(await opened(id))

    const reply = await submit(form, GOOD[id])

    expect(reply.kind).toBe('card')
    expect(JSON.stringify(reply)).not.toMatch(/did not work|broke/)
    if (LOOKS.includes(id)) expect(await everything()).toEqual(before)
    else expect(await everything()).not.toEqual(before)
  })

  it('is drawn in Slack and in Teams, and comes back with its id and with what came along', async () => {
    const form = formOf(await opened(id))

    const inSlack = renderInSlack(form)
    const inTeams = readForm(submittedBy(renderInTeams(form), {}))?.form

    expect(checkView(inSlack)).toEqual([])
    expect(inSlack).toMatchObject({ callback_id: id, private_metadata: form.state })
    expect(inTeams).toMatchObject({ id, state: form.state })
  })

  it.each(['', '{', 'null', '[]', '"acme"', '7', JSON.stringify({ alert: 1, task: 2, edited: 3, account: 4 })])(
    'says that it is out of date when %j came along with it, and changes nothing',
    async state => {
      const before = await everything()

      expect(JSON.stringify(await submit({ id, state }, GOOD[id]))).toMatch(OUT_OF_DATE)

      expect(await everything()).toEqual(before)
    },
  )

  it('says that it is out of date when what came along was cut', async () => {
    const { state } = formOf(await opened(id))

    expect(JSON.stringify(await submit({ id, state: state.slice(0, -1) }, GOOD[id]))).toMatch(OUT_OF_DATE)
  })

  it('says in a sentence that what it was about is not there, and changes nothing', async () => {
    const before = await everything()

    const said = JSON.stringify(await submit({ id, state: JSON.stringify(STRANGE[id]) }, GOOD[id], 'fay'))

    expect(said).toMatch(/no longer exists|out of date|you need the role|There is no/)
    expect(said).not.toContain('Hidden')
    expect(await everything()).toEqual(before)
  })

  it.each<[string, (form: Form) => Values]>([
    ['nothing', () => ({})],
    [
      'lists where one value belongs, and one value where a list does',
      ({ fields }) => each(fields, f => (f.kind === 'choices' ? 'x' : ['x'])),
    ],
    ['far too much', ({ fields }) => each(fields, () => 'x'.repeat(20_000))],
  ])('has a plain sentence for its fields where %s is filled in', async (_, valuesOf) => {
    const before = await everything()
    const form = formOf(await opened(id))

    const reply = await submit(form, valuesOf(form))

    // A task is done without a word, too.
    if (id === 'task-done' && valuesOf(form).note === undefined) return expect(reply.kind).toBe('card')
    // Choices that narrow nothing are fine.
    if (id === 'list-filter' && valuesOf(form).band === undefined) return expect(reply.kind).toBe('card')
    if (reply.kind !== 'errors') throw new Error(`no errors came: ${JSON.stringify(reply)}`)
    for (const [field, sentence] of Object.entries(reply.errors)) {
      expect(form.fields.map(({ id }) => id)).toContain(field)
      expect(sentence).toMatch(/^[A-Z"].*[.?]$/s)
      expect(sentence).not.toMatch(/expected|invalid|too big|undefined|NaN/i)
      expect(sentence.length).toBeLessThan(500)
    }
    expect(await everything()).toEqual(before)
  })

  it('is refused to a viewer by name of the role, before its fields are looked at, and that is audited', async () => {
    const { state } = formOf(await opened(id))
    const before = await everything()

    if (OPEN.includes(id)) return expect((await opened(id, 'vic')).kind).toBe('form')
    for (const reply of [await opened(id, 'vic'), await submit({ id, state }, { name: 'weekly' }, 'vic')]) {
      expect(JSON.stringify(reply)).toMatch(/you need the role (csm|admin); you are a viewer/)
    }

    const audit = await connection.db.selectFrom('audit').selectAll().execute()
    expect(audit.map(({ act }) => act)).toEqual([1, 2].map(() => expect.stringMatching(/^refused:/)))
    expect(new Set(audit.map(({ subject }) => subject)).size).toBe(1)
    expect(await everything()).toEqual(before)
  })
})

function each(fields: Form['fields'], valueFor: (field: Form['fields'][number]) => string | string[]): Values {
  return Object.fromEntries(fields.map(field => [field.id, valueFor(field)]))
}

it('answers for a button or form of another version, or one that nobody made', async () => {
  for (const name of ['', 'constructor', '__proto__', 'toString', 'task-undo']) {
    const pressed = await door.press({ ...knock('boss'), action: name, value: 'a1' })
    expect(JSON.stringify(pressed)).toContain('This button no longer works.')
    const sent = await door.submit({ ...knock('boss'), form: name, state: '{}', values: {} })
    expect(JSON.stringify(sent)).toContain('This form is no longer available.')
  }
})
