import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/log.ts'
import { LEASE } from '../../src/store/claims/claims.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { type Job, runDueSlots } from '../../src/work/schedule/schedule.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { at } from '../support/world.ts'

let connection: Connection
let ran: string[]
let fails: boolean

beforeEach(async () => {
  connection = await openTestDatabase()
  ran = []
  fails = false
})

afterEach(() => connection.close())

const text = (instant: number) => new Date(instant).toISOString().slice(0, 16)

function job(changes: Partial<Job> = {}): Job {
  return {
    name: 'job',
    timing: { schedule: '0 9 * * *', time_zone: 'UTC' },
    tooLate: () => undefined,
    run: async (slot, isLate) => {
      if (fails) throw new Error('broken')
      ran.push(`${text(slot)}${isLate ? ' late' : ''}`)
      return undefined
    },
    ...changes,
  }
}

const look = (time: string, changes: Partial<Job> = {}) =>
  runDueSlots({ ...connection, log: silentLog, holder: 'test' }, job(changes), at(time))

async function recorded() {
  const rows = await connection.db.selectFrom('slots').selectAll().orderBy('slot').execute()
  return rows.map(({ slot, state, reason }) => `${text(slot)} ${state}${reason === null ? '' : `: ${reason}`}`)
}

describe('a schedule', () => {
  it('that is new begins with its next slot', async () => {
    await look('2026-11-01T10:00')
    await look('2026-11-01T10:00:20')
    expect(ran).toEqual([])

    await look('2026-11-02T09:00:20')

    expect(ran).toEqual(['2026-11-02T09:00'])
  })

  it('runs each slot once, however often it is looked at', async () => {
    await look('2026-11-01T08:59')
    for (const second of ['00', '20', '40']) await look(`2026-11-01T09:00:${second}`)
    await look('2026-11-02T09:00')
    await look('2026-11-02T09:00')

    expect(ran).toEqual(['2026-11-01T09:00', '2026-11-02T09:00'])
    expect(await recorded()).toEqual(['2026-11-01T09:00 done', '2026-11-02T09:00 done'])
  })

  it('runs the newest of the slots it missed, marked late, and records the others as skipped', async () => {
    await look('2026-11-01T08:00')
    await look('2026-11-04T11:00')

    expect(ran).toEqual(['2026-11-04T09:00 late'])
    expect(await recorded()).toEqual([
      '2026-11-01T09:00 skipped: a newer one covers it',
      '2026-11-02T09:00 skipped: a newer one covers it',
      '2026-11-03T09:00 skipped: a newer one covers it',
      '2026-11-04T09:00 done',
    ])
  })

  it('records why a slot was not run', async () => {
    await look('2026-11-01T08:00')
    await look('2026-11-01T20:00', { tooLate: () => 'too late, the next one covers it' })
    await look('2026-11-01T20:00:20')

    expect(ran).toEqual([])
    expect(await recorded()).toEqual(['2026-11-01T09:00 skipped: too late, the next one covers it'])
  })

  it('runs a slot again that failed, until it is done', async () => {
    await look('2026-11-01T08:00')
    fails = true
    await expect(look('2026-11-01T09:00')).rejects.toThrow('broken')
    expect(await recorded()).toEqual([])
    fails = false

    await look('2026-11-01T09:00:20')
    await look('2026-11-01T09:00:40')

    expect(ran).toEqual(['2026-11-01T09:00'])
  })

  it('that was changed begins again, and runs no slot a second time', async () => {
    await look('2026-11-01T08:00')
    await look('2026-11-01T09:00')
    const weekdays = { timing: { schedule: '0 9 * * 0-5', time_zone: 'UTC' } }

    await look('2026-11-01T09:00:20', weekdays)
    await look('2026-11-01T09:00:40', weekdays)
    await look('2026-11-02T09:00', weekdays)

    expect(ran).toEqual(['2026-11-01T09:00', '2026-11-02T09:00'])
  })

  it('that was changed and changed back runs no slot a second time', async () => {
    await look('2026-11-01T08:00')
    await look('2026-11-01T09:00')
    await look('2026-11-01T08:58', { timing: { schedule: '5 9 * * *', time_zone: 'UTC' } })
    await look('2026-11-01T08:59')

    await look('2026-11-01T09:00:20')

    expect(ran).toEqual(['2026-11-01T09:00'])
  })

  it('runs nothing twice when the clock is set back', async () => {
    await look('2026-11-01T08:00')
    await look('2026-11-01T09:00')
    await look('2026-11-01T08:30')

    await look('2026-11-01T09:00')
    await look('2026-11-02T09:00')

    expect(ran).toEqual(['2026-11-01T09:00', '2026-11-02T09:00'])
  })

  it('goes on when the clock ran years ahead and was set right again', async () => {
    await look('2026-11-01T08:00')
    await look('2031-01-01T10:00')
    await look('2026-11-01T08:30')

    await look('2026-11-01T09:00')

    expect(ran).toEqual(['2031-01-01T09:00 late', '2026-11-01T09:00'])
  })

  it('remembers at most the newest thousand slots that it missed', async () => {
    const timing = { schedule: '* * * * *', time_zone: 'UTC' }
    await look('2026-11-01T08:00', { timing })
    await look('2026-11-03T08:00', { timing })

    expect(ran).toEqual(['2026-11-03T08:00'])
    expect((await recorded()).length).toBe(1_000)
  })
})

describe('several processes at one schedule', () => {
  const lookAs = (holder: string, changes: Partial<Job>) =>
    runDueSlots({ ...connection, log: silentLog, holder }, job(changes), at('2026-11-01T09:00'))
  /** Until somebody lets it go on. */
  const stuck = () => {
    let wake = () => {}
    const woken = new Promise<void>(resolve => {
      wake = resolve
    })
    let begin = () => {}
    const begun = new Promise<void>(resolve => {
      begin = resolve
    })
    const run = async () => {
      begin()
      await woken
      return 'too late'
    }
    return { run, begun, wake: () => wake() }
  }

  it('run its slot once, however many there are', async () => {
    await look('2026-11-01T08:59')

    await Promise.all(Array.from({ length: 8 }, (_, n) => lookAs(`service:${n}`, {})))

    expect(ran).toEqual(['2026-11-01T09:00'])
    expect(await recorded()).toEqual(['2026-11-01T09:00 done'])
  })

  it('take a slot from one that is frozen, and what it writes when it wakes is refused', async () => {
    await look('2026-11-01T08:59')
    const frozen = stuck()
    const late = lookAs('frozen', { run: frozen.run })
    await frozen.begun
    await connection.db
      .updateTable('claims')
      .set(({ eb }) => ({ until: eb('until', '-', LEASE) }))
      .execute()

    await lookAs('other', {})
    frozen.wake()

    await expect(late).rejects.toMatchObject({ code: 'taken_over' })
    expect(ran).toEqual(['2026-11-01T09:00'])
    expect(await recorded()).toEqual(['2026-11-01T09:00 done'])
  })
})
