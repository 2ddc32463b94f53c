import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findOneAccount } from '../../src/chat/accounts/find/find-account.ts'
import { auditFault } from '../../src/domain/admin/audit-check.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import { ownTables } from '../../src/store/engine/schema/own-tables.ts'
import { readPersonRecord } from '../../src/store/people/person-record.ts'
import { linkUser } from '../../src/store/people/platform-users.ts'
import { forgetAccount } from '../../src/store/privacy/forget-account.ts'
import { forgetPerson } from '../../src/store/privacy/forget-person.ts'
import { type AlertWorld, createAlertWorld, settle } from '../support/alert-world.ts'

let world: AlertWorld

/** Dana owns Acme and Globex, holds Acme's alert, has rated it, and wrote down what its buyer said. */
beforeEach(async () => {
  world = await createAlertWorld({
    accounts: [
      { id: 'acme-4711', name: 'Acme Rockets', owner: 'Dana@ours.example' },
      { id: 'globex', name: 'Globex', owner: 'dana@ours.example' },
    ],
  })
  await world.fall('acme-4711', '2026-11-01')
  await world.fall('globex', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  await world.live('2026-11-03T06:00:05')
  const { db } = world.connection
  await linkUser(db, 'dana@ours.example', { platform: 'slack', userId: world.dana.id })
  const alert = await world.slack.until(() => world.slack.messages(world.room).find(({ shown }) => /Acme/.test(shown)))
  await world.slack.press(world.dana, alert, 'Claim')
  await world.slack.until(() => world.slack.messages(world.room).some(({ shown }) => /Claimed by Dana/.test(shown)))
  const account = (await findOneAccount(world.connection, 'acme-4711', world.now)).key
  const at = world.now
  const comment = { account, source: 'csv', link: null, sentiment: -1, observed_at: at, received_at: at }
  await db
    .insertInto('comments')
    .values([
      { ...comment, id: 'c1', text: 'We are leaving.', author: 'buyer@acme.example' },
      { ...comment, id: 'c2', text: 'They call daily.', author: 'dana@ours.example' },
    ])
    .execute()
  await db
    .insertInto('pulses')
    .values({
      id: 'p1',
      account,
      at,
      person: 'dana@ours.example',
      rating: 1,
      note: 'Angry.',
      reasons: '[]',
      expires_at: null,
    })
    .execute()
  await db
    .insertInto('preferences')
    .values({ person: 'dana@ours.example', preference: 'score_format', value: 'grade' })
    .execute()
  await settle(world)
})

afterEach(() => world.close())

const how = () => ({ at: world.now, by: 'operator' })

/** Every text of every table, but for the sweep's own exceptions. */
async function everyText(): Promise<string> {
  const { db } = world.connection
  const texts: string[] = []
  for (const { name } of await ownTables(db)) texts.push(JSON.stringify(await rowsOf(`"${name}"`)))
  return texts.join('\n')
}

async function rowsOf(from: string): Promise<unknown[]> {
  return (await sql`select * from ${sql.raw(from)}`.execute(world.connection.db)).rows
}

it('deletes all that names somebody, in every table, and keeps what they rated and decided', async () => {
  expect(await everyText()).toContain('dana@ours.example')

  const counts = await forgetPerson(world.connection.db, 'Dana@Ours.example', how())

  expect(counts).toMatchObject({ comments: 1, pulses: 1, accounts: 2 })
  expect(/.{0,80}dana.{0,40}/i.exec(await everyText())?.[0]).toBeUndefined()
  expect(await everyText()).not.toContain(`"${world.dana.id}"`)
  expect(await rowsOf('pulses')).toEqual([expect.objectContaining({ rating: 1, note: '' })])
})

it('opens again what somebody held who is forgotten', async () => {
  await forgetPerson(world.connection.db, 'dana@ours.example', how())

  expect(await rowsOf('alerts where claimed_by is not null')).toEqual([])
})

it('keeps the audit log whole, and its lines without the name', async () => {
  await forgetPerson(world.connection.db, 'dana@ours.example', how())

  expect(auditFault(await checkAudit(world.connection.db))).toBeUndefined()
  const lines = await readAudit(world.connection.db, {})
  expect(lines.map(({ who }) => who)).toContain('somebody forgotten')
  expect(lines[0]).toMatchObject({ act: 'person.forget', subject: 'person:somebody forgotten' })
})

it('forgets a contact at a customer with what they wrote', async () => {
  await forgetPerson(world.connection.db, 'buyer@acme.example', how())

  expect(await rowsOf('comments')).toEqual([expect.objectContaining({ id: 'c2' })])
})

it('says so where nothing is stored of somebody', async () => {
  expect(await forgetPerson(world.connection.db, 'nobody@ours.example', how())).toBeUndefined()
  expect(await everyText()).not.toContain('nobody@ours.example')
})

it('deletes all that is stored of an account and leaves every other account as it was', async () => {
  const { connection } = world
  const globex = () => rowsOf("signals where account = (select key from accounts where id = 'globex')")
  const before = await globex()

  const signals = await forgetAccount(connection.db, await findOneAccount(connection, 'acme-4711', world.now), how())

  expect(signals).toBeGreaterThan(0)
  expect(/.{0,80}(acme-4711|Acme Rockets).{0,40}/i.exec(await everyText())?.[0]).toBeUndefined()
  expect(await globex()).toEqual(before)
  expect(auditFault(await checkAudit(connection.db))).toBeUndefined()
  // A server checks its foreign keys with each statement.
  if (!connection.engine.isShared) expect((await sql`pragma foreign_key_check`.execute(connection.db)).rows).toEqual([])
})

it('gives somebody all that is stored of them', async () => {
  const record = await readPersonRecord(world.connection.db, 'Dana@ours.example')

  expect(record).toMatchObject({
    person: { name: 'Dana', role: 'csm' },
    user_ids: { slack: world.dana.id },
    comments: [{ text: 'They call daily.' }],
    pulses: [{ rating: 1, note: 'Angry.' }],
    preferences: [{ value: 'grade' }],
  })
  expect(record.accounts_owned.toSorted()).toEqual(['acme-4711', 'globex'])
  expect(record.alerts_held.length).toBeGreaterThan(0)
})
