import { afterEach, beforeEach, expect, it } from 'vitest'
import { EVERYBODY, type Reader } from '../../src/domain/alerts/confidential.ts'
import { newestOf } from '../../src/domain/timeline/timeline.ts'
import { timelineFor } from '../../src/domain/timeline/timeline-for.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { recordAudit } from '../../src/store/audit/audit.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { readTimeline } from '../../src/store/timeline/timeline.ts'
import { timelineCard } from '../../src/views/timeline/timeline-card.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { at } from '../support/world.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
  await account({ owner: 'ana@ours.example', renewal_on: '2027-01-31' }, '2026-01-01')
})

afterEach(() => connection.close())

const account = (attributes: Record<string, string>, time: string) =>
  saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map(Object.entries(attributes)) }], at(time))

const told = async (who: Reader = { email: 'cid@x', role: 'csm' }) => {
  const now = at('2026-11-02')
  const happened = newestOf(await readTimeline(connection.db, 1, now, 20), now, 20)
  const entries = timelineFor(happened, who, 'ana@ours.example')
  const reader = { isPrivate: who !== EVERYBODY, nameOf: (email: string) => email.split('@')[0] ?? email }
  const [part] = timelineCard(loadSettings(undefined).model, { name: 'Acme' }, entries, reader).parts
  return part?.kind === 'list' ? part.items.map(({ lead, text }) => `${lead} ${text}`) : []
}

const signal = (metric: string, value: number, observed: string, received: string) =>
  addSignals(connection, [
    { account: 1, metric, value, observedAt: at(observed), receivedAt: at(received), id: '', source: 'test' },
  ])

it('tells the life of an alert and of a task, each act with who did it, whose notes are for colleagues alone', async () => {
  const { db } = connection
  const alert = { id: 'a1', account: 1, kind: 'at_risk', state: 'resolved', reason: 'Logins fell' }
  const times = { opened_at: at('2026-10-01'), claimed_at: at('2026-10-02T01:00'), resolved_at: at('2026-10-05') }
  const ends = { claimed_by: 'ana@x', resolved_by: 'ben@x', resolution: 'They are back' }
  await db
    .insertInto('alerts')
    .values({ ...alert, ...times, ...ends })
    .execute()
  const task = { id: 't1', run: null, account: 1, title: 'Call the sponsor', role: 'owner', assignee: 'ana@x' }
  const done = { state: 'done', created_at: at('2026-10-01'), due_at: at('2026-10-03'), ended_at: at('2026-10-04') }
  await db
    .insertInto('tasks')
    .values({ ...task, ...done, note: 'She is well', escalation_step: 0 })
    .execute()
  const did = (time: string, who: string, act: string, subject: string, isNow?: string) =>
    recordAudit(db, { at: at(time), who, act, subject, account: 'acme', ...(isNow !== undefined && { isNow }) })
  await did('2026-10-02', 'cid@x', 'alert.claim', 'a1')
  await did('2026-10-02T01:00', 'cid@x', 'alert.assign', 'a1')
  await did('2026-10-02T02:00', 'dot@x', 'task.acknowledge', 'task:t1')
  await did('2026-10-03', 'eli@x', 'alert.verdict', 'a1', 'known')
  await did('2026-10-04', 'dot@x', 'task.done', 'task:t1')
  await did('2026-10-05', 'ben@x', 'alert.resolve', 'a1')

  expect(await told()).toEqual([
    '2026-10-05 Alert resolved: At risk: They are back, ben',
    '2026-10-04 Task done: Call the sponsor: She is well, dot',
    '2026-10-03 Alert rated already known: At risk, eli',
    '2026-10-02 Task acknowledged: Call the sponsor, dot',
    '2026-10-02 Alert given to ana: At risk, cid',
    '2026-10-02 Alert claimed: At risk, cid',
    '2026-10-01 Alert: At risk. Logins fell',
    '2026-10-01 Task for ana: Call the sponsor, rounds',
  ])
  expect((await told(EVERYBODY)).slice(0, 2)).toEqual([
    '2026-10-05 Alert resolved: At risk, ben',
    '2026-10-04 Task done: Call the sponsor, dot',
  ])
})

it('tells that Rounds itself resolved what its rule no longer holds open', async () => {
  const alert = { id: 'a1', account: 1, kind: 'at_risk', state: 'resolved', reason: 'Logins fell' }
  const times = { opened_at: at('2026-10-01'), resolved_at: at('2026-10-05'), claimed_at: null, claimed_by: null }
  await connection.db
    .insertInto('alerts')
    .values({ ...alert, ...times })
    .execute()
  await recordAudit(connection.db, {
    at: at('2026-10-05'),
    who: 'rounds',
    act: 'alert.resolve',
    subject: 'a1',
    account: 'acme',
  })

  expect((await told())[0]).toBe('2026-10-05 Alert resolved: At risk: its rule no longer holds, rounds')
})

it('tells changes of band with what caused them', async () => {
  const drop = { account: 1, kind: 'band', from_state: 'healthy', to_state: 'at_risk', shown: 31, driver: null }
  await connection.db
    .insertInto('transitions')
    .values([
      { ...drop, at: at('2026-10-01') },
      { ...drop, at: at('2026-10-02'), kind: 'expansion_ready', from_state: 'not_ready', to_state: 'ready' },
    ])
    .execute()

  const lines = await told()
  expect(lines[0]).toBe('2026-10-02 Ready for expansion')
  expect(lines[1]).toMatch(/^2026-10-01 .+ → .+ at 31$/)
})

it('tells a correction, and those that came together as one', async () => {
  await signal('logins', 14, '2026-09-01', '2026-09-01')
  await signal('logins', 15, '2026-09-02', '2026-09-02')
  await signal('nps', 9, '2026-08-01', '2026-08-01')
  await signal('logins', 4, '2026-09-01', '2026-10-01')
  await signal('logins', 5, '2026-09-02', '2026-10-01')
  await signal('nps', 7, '2026-08-01', '2026-10-02')

  const lines = await told()

  expect(lines).toHaveLength(2)
  expect(lines[0]).toBe('2026-10-02 Corrected: NPS answer 9 → 7')
  expect(lines[1]).toMatch(/^2026-10-01 2 readings corrected, such as Logins \d+ → \d+$/)
})

it('tells a new owner and a new renewal date, but not the first ones', async () => {
  await account({ owner: 'ben@ours.example', renewal_on: '2027-01-31' }, '2026-05-01')
  await account({ owner: 'ben@ours.example', renewal_on: '2027-06-30' }, '2026-06-01')

  expect(await told()).toEqual(['2026-06-01 Renewal is now on 2027-06-30', '2026-05-01 Owner is now ben'])
})
