import { afterEach, beforeEach, expect, it } from 'vitest'
import { readAudit } from '../../src/store/audit/audit.ts'
import { type AlertWorld, createAlertWorld, settle } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { askAlone } from '../support/small-company.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

const RULES = `
alerts:
  - {kind: at_risk, min_answered: 2}
  - {kind: sharp_drop, min_answered: 2, critical: true}
  - {kind: went_silent}
`

let world: AlertWorld
let boss: User

beforeEach(async () => {
  const accounts = ['acme', 'globex', 'initech'].map(id => ({ id, name: id, owner: 'dana@ours.example' }))
  world = await createAlertWorld({
    accounts,
    model: SMALL_MODEL + RULES,
    routes: ({ id }) => `{admins: [boss@ours.example], routes: [{to: ["slack:${id}"]}]}`,
  })
  boss = world.slack.addUser('Boss', 'boss@ours.example')
  await world.fall('acme', '2026-11-01')
  await world.fall('globex', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
})

afterEach(() => world.close())

const alerts = () => world.connection.db.selectFrom('alerts').selectAll().orderBy('opened_at').execute()
const told = () => world.slack.dms(boss).filter(({ shown }) => shown.includes('in digests only'))

async function rate(kind: string, verdict: string) {
  for (const { id } of (await alerts()).filter(alert => alert.kind === kind)) {
    const row = { alert: id, person: 'dana@ours.example', verdict, at: world.now }
    await world.connection.db.insertInto('alert_feedback').values(row).execute()
  }
}

async function ask(user: User, words: string) {
  return askAlone(world.slack, user, `/health precision ${words}`, world.room)
}

it('shows for each rule and owner what people said of its alerts', async () => {
  await rate('at_risk', 'useful')

  const shown = await ask(world.dana, '')

  expect(shown).toContain('precision 100% · 2 useful · 0 already known · 0 wrong (0% of the answers) · 0 unanswered')
  expect(shown).toContain('none posted yet')
  expect(shown).toContain('Sharp drop')
  expect(shown).toContain('Critical: always posted')
  expect(shown).toContain('Dana')
})

it('moves a rule over its budget to the digests, tells the admins once, and posts no more of its alerts', async () => {
  await rate('at_risk', 'wrong')
  await world.live('2026-11-02T06:10')
  await world.live('2026-11-02T06:20')
  expect(told()).toHaveLength(1)
  expect(told()[0]?.shown).toContain('/health precision restore at_risk')
  const posts = world.slack.messages(world.room).length

  await world.fall('initech', '2026-11-02')
  await world.live('2026-11-03T06:00:05')

  const opened = (await alerts()).slice(-2).map(({ kind, is_muted }) => [kind, is_muted])
  expect(new Map(opened as [string, number][])).toEqual(
    new Map([
      ['at_risk', 1],
      ['sharp_drop', 0],
    ]),
  )
  expect(world.slack.messages(world.room)).toHaveLength(posts + 1)
  expect(await ask(world.dana, '')).toContain('In digests only since 2026-11-02: 2 of 2 answered alerts were wrong')
})

it('never moves a rule that is critical', async () => {
  await rate('sharp_drop', 'wrong')

  await world.live('2026-11-02T06:10')

  expect(told()).toEqual([])
  expect(await world.connection.db.selectFrom('muted_rules').selectAll().execute()).toEqual([])
})

it('puts a rule back for an admin, in the audit log, and begins to count again', async () => {
  await rate('at_risk', 'wrong')
  await world.live('2026-11-02T06:10')

  expect(await ask(world.dana, 'restore at_risk')).toContain('you need the role admin; you are a csm')
  expect(await ask(boss, 'restore at risk')).toContain('are posted again')
  expect(await ask(boss, 'restore at-risk')).toContain('are already posted')
  await world.live('2026-11-02T06:20')
  await settle(world)

  expect(told()).toHaveLength(1)
  const audit = (await readAudit(world.connection.db, {})).toReversed()
  expect(audit.map(({ who, act, subject }) => `${who} ${act} ${subject}`)).toEqual([
    'rounds rule.mute at_risk',
    'dana@ours.example refused:rule.restore at_risk',
    'boss@ours.example rule.restore at_risk',
  ])
  expect(await ask(world.dana, '')).toContain('Counted since it was restored on 2026-11-02')
})

it('says which kinds there are when one is not known', async () => {
  expect(await ask(boss, 'restore at_rsk')).toContain('Did you mean /health precision restore at_risk?')
  expect(await ask(boss, 'forget')).toContain('/health precision restore KIND')
})
