import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BUTTONS } from '../../src/chat/buttons.ts'
import { openDoor } from '../../src/chat/door/door.ts'
import type { Capabilities, ChatAdapter, Door } from '../../src/chat/port.ts'
import { COMMAND_NAMES } from '../../src/chat/words/vocabulary.ts'
import { silentLog } from '../../src/log.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { assignAlert } from '../../src/store/alerts/alert-acts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import { addComment } from '../../src/store/comments/comments.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { addRuns } from '../../src/store/playbooks/playbook-runs.ts'
import { addTask } from '../../src/store/playbooks/tasks.ts'
import { addPulse } from '../../src/store/pulses/pulses.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { at } from '../support/world.ts'

const NOW = at('2026-11-02T08:00')

/** Who there is, with their roles: one for each way of standing to a confidence. */
const ROLES = { stranger: 'viewer', colleague: 'csm', owner: 'csm', holder: 'csm', writer: 'csm', boss: 'admin' }
type Name = keyof typeof ROLES
const NAMES = Object.keys(ROLES) as Name[]

/** Each secret, and who may see it. */
const SECRETS: Readonly<Record<string, readonly Name[]>> = {
  'secret divergence': ['owner', 'holder', 'boss'],
  'secret task': ['owner', 'holder', 'boss'],
  'secret note': ['owner', 'writer', 'boss'],
  'secret comment': ['owner', 'writer', 'boss'],
}

let connection: Connection
let door: Door
let written: { to: string; words: string }[]

const CAPABILITIES: Capabilities = {
  privateReplies: false,
  dialogs: true,
  typeahead: false,
  charts: false,
  messageSize: 10_000,
}
const email = (name: string) => `${name}@ours.example`

async function begin(): Promise<void> {
  connection = await migratedDatabase()
  written = []
  const pager: Partial<ChatAdapter> = {
    platform: 'pager',
    capabilities: CAPABILITIES,
    split: card => [card],
    post: async ({ channel: to = '' }, card) => {
      written.push({ to, words: JSON.stringify(card) })
      return { channel: to, id: `m${written.length}` }
    },
    profile: async userId => ({ email: email(userId), name: userId }),
  }
  door = openDoor({
    connection,
    instance: 'test',
    clock: () => NOW,
    log: silentLog,
    newId: () => `id-${Math.random()}`,
    readSettings: async () => loadSettings(undefined),
    platforms: [],
    chats: new Map([['pager', pager as ChatAdapter]]),
    wakeSender: () => {},
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  })
  const { db } = connection
  const people = NAMES.map(name => ({ email: email(name), fields: new Map([['role', ROLES[name]] as const]) }))
  await savePeople(db, people)
  await saveAccounts(db, [{ id: 'acme', name: 'Acme', attributes: new Map([['owner', email('owner')]]) }], NOW)
  await openAlerts(db, [{ id: 'a1', account: 1, kind: 'pulse_divergence', at: NOW - 1, reason: 'secret divergence' }])
  await assignAlert(db, 'a1', { to: email('holder'), held: undefined }, NOW - 1)
  await addRuns(db, [
    {
      id: 'r1',
      playbook: 'talk',
      label: 'Talk',
      account: 1,
      alert: 'a1',
      cause: 'alert:a1',
      at: NOW - 1,
    },
  ])
  const task = { id: 't1', account: 1, run: 'r1', title: 'secret task', role: 'csm', at: NOW - 1, dueAt: NOW + 1 }
  await addTask(db, { ...task, assignee: email('holder') })
  const pulse = { id: 'p1', account: 1, at: NOW - 1, rating: 5, note: 'secret note', reasons: [] }
  await addPulse(db, { ...pulse, by: email('writer') })
  const heard = { observedAt: NOW - 1, receivedAt: NOW - 1, sentiment: 0, source: 'slack', author: 'a customer' }
  await addComment(db, { id: 'c1', account: 1, text: 'secret comment', ...heard })
  await recordAudit(db, { at: NOW - 1, who: email('writer'), act: 'comment.add', subject: 'c1', account: 'acme' })
}

const end = () => connection.close()

let deliveries = 0
const ways = () => ({ channel: 'room', canOpenForm: true, deliveryId: `d${++deliveries}` })
const actor = (name: Name) => ({ platform: 'pager', userId: name })

/** Everything that one person reads after asking, and everything that the channel does. */
async function asked(name: Name, text: string, isPrivate: boolean) {
  written = []
  const reply = await door.ask({ actor: actor(name), text, isPrivate, ...ways() })
  const own = written.filter(({ to }) => to === name).map(({ words }) => words)
  const isOpen = reply.kind === 'card' && reply.audience === 'channel'
  return { own: [...own, JSON.stringify(reply)].join(), open: isOpen ? JSON.stringify(reply) : '' }
}

const mayNotSee = (name: Name) => Object.keys(SECRETS).filter(secret => !SECRETS[secret]?.includes(name))
const maySee = (name: Name) => Object.keys(SECRETS).filter(secret => SECRETS[secret]?.includes(name))

// A question changes nothing of what is secret: all of one person's are asked of one database.
describe.each(NAMES)('%s, who asks,', name => {
  beforeAll(begin)
  afterAll(end)

  it.each(COMMAND_NAMES)('reads with %s nothing that is not for them, and a channel nothing at all', async command => {
    for (const words of [`${command} acme`, command]) {
      const { own } = await asked(name, words, true)
      const { open, own: told } = await asked(name, words, false)

      for (const secret of mayNotSee(name)) expect(`${own}${told}`).not.toContain(secret)
      for (const secret of Object.keys(SECRETS)) expect(open).not.toContain(secret)
    }
  })

  it('reads in the timeline, the alerts and the tasks of the account all that is for them', async () => {
    const all = [`timeline acme`, 'alerts', 'tasks acme'].map(async words => (await asked(name, words, true)).own)
    const read = (await Promise.all(all)).join()

    for (const secret of maySee(name)) expect(read).toContain(secret)
  })

  it('reads in a brief of the account all that is for them', async () => {
    const { own } = await asked(name, 'brief acme', true)

    for (const secret of maySee(name)) expect(own).toContain(secret)
  })
})

/** Of those who press, a colleague may see none of the secrets, the other two one half of them each. A long run asks everybody. */
const PRESSING: readonly Name[] = process.env.ROUNDS_LONG === undefined ? ['colleague', 'holder', 'writer'] : NAMES

describe.each(PRESSING)('%s, who presses,', name => {
  beforeEach(begin)
  afterEach(end)

  it.each(Object.keys(BUTTONS))('is told by pressing %s nothing that is not for them', async action => {
    for (const value of ['a1', 't1', 'acme']) {
      const reply = await door.press({ actor: actor(name), action, value, isPrivate: true, ...ways() })
      for (const secret of mayNotSee(name)) expect(JSON.stringify(reply)).not.toContain(secret)
    }
  })

  it('acts on a confidential alert or task only if it is theirs to see', async () => {
    const press = async (action: string, value: string) =>
      JSON.stringify(await door.press({ actor: actor(name), action, value, isPrivate: true, ...ways() }))

    const isIn = maySee(name).includes('secret divergence')
    expect((await press('resolve', 'a1')).includes('"kind":"form"')).toBe(isIn)
    expect((await press('task-note', 't1')).includes('"kind":"form"')).toBe(isIn)
  })
})

it('breaks the precision of a confidential rule down by owner only for those owners and admins', async () => {
  await begin()
  const heading = 'Pulse and data disagree, by owner'

  for (const name of NAMES) {
    const { own } = await asked(name, 'precision', true)
    expect(own.includes(heading)).toBe(name === 'owner' || name === 'boss')
    expect((await asked(name, 'precision', false)).open).not.toContain(heading)
  }
  await end()
})
