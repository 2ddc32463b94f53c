import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { addRetirement, removeRetirement } from '../../src/store/accounts/retirements.ts'
import { type AlertWorld, createAlertWorld } from '../support/alert-world.ts'
import { askAlone } from '../support/small-company.ts'
import { live, tasksWorld } from './tasks-world.ts'

let world: AlertWorld

beforeEach(async () => {
  world = await createAlertWorld({
    accounts: [
      { id: 'acme', name: 'Acme', owner: 'dana@ours.example', arr: '240000' },
      { id: 'globex', name: 'Globex', owner: 'dana@ours.example' },
    ],
  })
})

afterEach(() => world.close())

const posts = () => world.slack.messages(world.room).map(({ shown }) => shown)
const lifecycle = (value: string | undefined) =>
  saveAccounts(world.connection.db, [{ id: 'acme', attributes: new Map([['lifecycle', value]]) }], world.now)

async function asked(words: string): Promise<string> {
  return askAlone(world.slack, world.dana, words, world.room)
}

async function acmeFalls() {
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
}

describe('an account that is no longer a customer', () => {
  it('ends its open alerts with that reason, in every copy', async () => {
    await acmeFalls()
    expect(posts().join('\n')).toContain('nobody yet')

    await lifecycle(' Churned ')
    await world.live('2026-11-02T10:00')

    expect(posts().join('\n')).not.toContain('nobody yet')
    expect(posts().join('\n')).toContain('No longer a customer: lifecycle is churned')
    expect(await asked('/health alerts')).not.toContain('Acme')
  })

  it('raises nothing, is not scored, and stands in no list unless asked for', async () => {
    world.passTo('2026-11-02T05:59')
    await lifecycle('churned')
    await world.fall('acme', '2026-11-01')
    await world.live('2026-11-02T06:00:05')
    await world.live('2026-11-03T06:00:05')

    expect(posts()).toEqual([])
    const { db } = world.connection
    const days = await db.selectFrom('scores').select('day').where('account', '=', 1).execute()
    expect(days.map(({ day }) => day)).toEqual(['2026-11-01'])
    expect(await asked('/health list')).not.toContain('Acme')
    expect(await asked('/health')).not.toContain('Acme')
    expect(await asked('/health list retired')).toContain('Acme')
    expect(await asked('/health acme')).toContain('No longer a customer since 2026-11-02: lifecycle is churned.')
  })

  it('that returns begins with a silent first score, at risk or not', async () => {
    await lifecycle('churned')
    await world.fall('acme', '2026-11-01')
    await world.live('2026-11-02T06:00:05')

    await lifecycle('active')
    await world.live('2026-11-03T06:00:05')
    await world.live('2026-11-04T06:00:05')

    expect(posts()).toEqual([])
    expect(await asked('/health list')).toContain('Acme')
    const { db } = world.connection
    expect(await db.selectFrom('transitions').selectAll().execute()).toEqual([])
  })

  it('by the word of somebody stays so whatever a file says, until that is undone', async () => {
    const { db } = world.connection
    const mark = { account: 1, since: world.now, by: 'boss', at: world.now, reason: 'sold to Globex' }
    await addRetirement(db, mark)
    await world.live('2026-11-01T12:00')
    await lifecycle('active')
    await world.live('2026-11-02T06:00:05')
    expect(await asked('/health list')).not.toContain('Acme')
    expect(await asked('/health acme')).toContain('sold to Globex')

    await removeRetirement(world.connection.db, 1)
    await world.live('2026-11-02T12:00')

    expect(await asked('/health list')).toContain('Acme')
  })

  it('is one as soon as the settings say so', async () => {
    await saveAccounts(world.connection.db, [{ id: 'acme', attributes: new Map([['plan', 'none']]) }], world.now)
    await world.live('2026-11-01T12:00')
    expect(await asked('/health list')).toContain('Acme')

    world.writeSettings({ 'routes.yaml': 'customers: {not: {attribute: plan, is: none}}\nroutes: []' })
    await world.live('2026-11-01T12:10')

    expect(await asked('/health list')).not.toContain('Acme')
    expect(await asked('/health list')).toContain('Globex')
  })
})

it('has no open tasks left: they are skipped with the reason, and say so', async () => {
  const { world, dana } = await tasksWorld()
  try {
    await world.has({ signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -100 2026-11-01T20:00'] })
    await liveOn(world, '2026-11-02T06:00:10')
    await liveOn(world, '2026-11-02T10:00:10')
    const { db } = world.connection
    expect((await db.selectFrom('tasks').select('state').execute()).map(({ state }) => state)).toContain('open')

    await saveAccounts(db, [{ id: 'acme', attributes: new Map([['lifecycle', 'closed']]) }], world.now)
    await liveOn(world, '2026-11-02T10:05:10')

    const tasks = await world.connection.db.selectFrom('tasks').select(['state', 'note']).execute()
    expect(new Set(tasks.map(({ state, note }) => `${state}: ${note}`))).toEqual(
      new Set(['skipped: No longer a customer: lifecycle is closed']),
    )
    const said = world.slack.dms(dana).map(({ shown }) => shown)
    expect(said.join('\n')).toContain('No longer a customer: lifecycle is closed')
  } finally {
    await world.close()
  }
})

async function liveOn(world: Awaited<ReturnType<typeof tasksWorld>>['world'], time: string) {
  await world.stop()
  await live(world, time, true)
}
