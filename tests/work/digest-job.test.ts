import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatAdapter } from '../../src/chat/port.ts'
import type { Context } from '../../src/context.ts'
import { silentLog } from '../../src/log.ts'
import { type Digest, digestsSchema } from '../../src/model/digests.ts'
import { loadSettings } from '../../src/model/settings.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import type { Card } from '../../src/views/card.ts'
import { digestJob } from '../../src/work/digests/digest-job.ts'
import { studyOn } from '../../src/work/outcomes/study.ts'
import { startJobs } from '../../src/work/schedule/jobs.ts'
import { type Job, runDueSlots } from '../../src/work/schedule/schedule.ts'
import { scoreJob } from '../../src/work/scoring/score-job.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { at } from '../support/world.ts'

let connection: Connection
let now: number
let split: (card: Card) => readonly Card[]

beforeEach(async () => {
  connection = await migratedDatabase()
  now = at('2026-11-01T08:00')
  split = card => [card]
})

afterEach(() => connection.close())

function digest(name: string, schedule = '0 9 * * *', time_zone = 'UTC'): Digest {
  const [made] = digestsSchema.parse({ digests: [{ name, schedule, time_zone, to: 'slack:C1' }] }).digests
  if (made === undefined) throw new Error('no digest')
  return made
}

const running = (digest: Digest) => ({ digest, isPaused: false })

function context(digests: readonly Digest[] = []): Context {
  const settings = { ...loadSettings(undefined), digests }
  const chat = { split: (card: Card) => split(card), post: async () => ({ channel: 'C1', id: '1' }) }
  const parts: Partial<Context> = {
    connection,
    clock: () => now,
    log: silentLog,
    newId: () => 'id',
    settings,
    platforms: [],
    chats: new Map([['slack', chat as unknown as ChatAdapter]]),
    wakeSender: () => {},
    study: studyOn(connection),
  }
  return parts as Context
}

const inTheOutbox = async () => {
  const runs = connection.db.selectFrom('digest_runs').innerJoin('outbox', 'outbox.id', 'digest_runs.message')
  const rows = await runs.select('digest_runs.digest').orderBy('digest_runs.digest').execute()
  return rows.map(({ digest }) => `digest:${digest}`)
}

const lookAt = (job: Job, now: number) => runDueSlots({ ...connection, log: silentLog, holder: 'test' }, job, now)

describe('a digest', () => {
  it.each([
    ['09:00', 'UTC', 'on time', '2026-11-02T09:00', 'goes out'],
    ['09:00', 'UTC', 'with the next tick', '2026-11-02T09:00:20', 'goes out'],
    ['09:00', 'UTC', 'two hours late', '2026-11-02T11:00', 'goes out'],
    ['09:00', 'UTC', 'six hours late', '2026-11-02T15:00', 'goes out'],
    ['09:00', 'UTC', 'more than six hours late', '2026-11-02T15:00:20', 'is left to the next'],
    ['15:00', 'UTC', 'a minute before six', '2026-11-02T17:59', 'goes out'],
    ['15:00', 'UTC', 'at six', '2026-11-02T18:00', 'is left to the next'],
    ['20:00', 'UTC', 'in the evening, on time', '2026-11-02T20:00:20', 'goes out'],
    ['20:00', 'UTC', 'in the evening, after a quick restart', '2026-11-02T20:03', 'goes out'],
    ['20:00', 'UTC', 'in the evening, an hour late', '2026-11-02T21:00', 'goes out'],
    ['20:00', 'UTC', 'in the evening, more than an hour late', '2026-11-02T21:00:20', 'is left to the next'],
    ['16:00', 'America/New_York', 'before six there', '2026-11-02T22:30', 'goes out'],
    ['16:00', 'America/New_York', 'after six there', '2026-11-02T23:30', 'is left to the next'],
    ['14:00', 'Asia/Tokyo', 'after six there, at nine here', '2026-11-02T09:30', 'is left to the next'],
  ])('of %s in %s, looked at %s, %s', async (time, zone, _, look, expected) => {
    const [hour] = time.split(':')
    const { timing, tooLate } = digestJob(context(), running(digest('morning', `0 ${Number(hour)} * * *`, zone)))
    let slot = 0
    await lookAt({ name: 'x', timing, tooLate, run: async () => undefined }, at('2026-11-02T01:00'))
    const run = async (given: number) => {
      slot = given
      return undefined
    }

    await lookAt({ name: 'x', timing, tooLate, run }, at(look))

    expect(slot > 0 ? 'goes out' : 'is left to the next').toBe(expected)
  })

  it('is put into the outbox once, though two ticks look at once', async () => {
    const job = digestJob(context(), running(digest('morning')))
    await lookAt(job, now)
    now = at('2026-11-01T09:00')

    await Promise.all([lookAt(job, now), lookAt(job, now)])

    expect(await inTheOutbox()).toEqual(['digest:morning'])
  })

  it('that fails keeps no other from its slot, and goes out as soon as it can', async () => {
    const both = context([digest('first'), digest('second')])
    const tick = async (expected: readonly string[]) => {
      const jobs = startJobs(
        { ...both, readSettings: async () => both.settings },
        { score: async () => 0, operator: '' },
      )
      await jobs.stop()
      expect(await inTheOutbox()).toEqual(expected)
    }
    await tick([])
    now = at('2026-11-01T09:00:10')
    let calls = 0
    split = card => {
      calls += 1
      if (calls === 1) throw new Error('broken')
      return [card]
    }
    await tick(['digest:second'])

    await tick(['digest:first', 'digest:second'])
  })
})

describe('the scoring', () => {
  it('catches up once, whatever was missed, as of its newest slot', async () => {
    const slots: string[] = []
    const job = scoreJob(context(), async ({ at }) => {
      slots.push(new Date(at).toISOString())
      return 0
    })
    await lookAt(job, at('2026-11-01T05:00'))

    await lookAt(job, at('2026-11-20T23:00'))
    await lookAt(job, at('2026-11-20T23:00:20'))

    expect(slots).toEqual(['2026-11-20T06:00:00.000Z'])
  })
})
