import { execFile } from 'node:child_process'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { groupedBy } from '../../src/domain/grouped.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { type Channel, type FakeSlack, startFakeSlack } from '../support/fake-slack/index.ts'
import { importSignals, lately, placeWithPortfolio } from './portfolio-files.ts'
import type { Place } from './rounds-process.ts'

/** Real processes on one database that are at the same job at the same time. */
let place: Place
let slack: FakeSlack
let room: Channel
let connection: Connection

beforeEach(async () => {
  place = await placeWithPortfolio(lately())
  slack = await startFakeSlack()
  Object.assign(place.env, slack.env('http'))
  room = slack.addChannel('cs')
  connection = place.open()
  noteWhoIsAtWhat()
})

afterEach(async () => {
  await connection.close()
  await place.close()
  await slack.stop()
})

/** From now on the database itself writes down who takes a job or a channel, who takes it over, and who leaves it. */
function noteWhoIsAtWhat() {
  bareOf(connection).exec(`
    create table job_log (id integer primary key, act text, name text, holder text);
    create trigger note_first after insert on claims
      begin insert into job_log (act, name, holder) values ('takes', new.name, new.holder); end;
    create trigger note_take after update on claims when old.holder is null and new.holder is not null
      begin insert into job_log (act, name, holder) values ('takes', new.name, new.holder); end;
    create trigger note_takeover after update on claims when new.holder != old.holder
      begin insert into job_log (act, name, holder) values ('takes over', new.name, new.holder); end;
    create trigger note_leave after update on claims when new.holder is null
      begin insert into job_log (act, name, holder) values ('leaves', old.name, old.holder); end;`)
}

type Entry = { readonly act: string; readonly name: string; readonly holder: string }

const log = () => bareOf(connection).prepare<[], Entry>('select act, name, holder from job_log order by id').all()

/** Whether somebody always left a job or a channel before the next one took it. */
function isInTurns(): boolean {
  return [...groupedBy(log(), ({ name }) => name).values()].every(entries =>
    entries.every(({ act, holder }, n, all) => {
      const before = all[n - 1]
      return act === 'takes' ? before === undefined || before.act === 'leaves' : before?.holder === holder
    }),
  )
}

const slot = () => Math.floor(Date.now() / 60_000) * 60_000 - 60_000
const scheduleOf = (at: number) => `${new Date(at).getUTCMinutes()} ${new Date(at).getUTCHours()} * * *`

it('lets several `rounds score` and the scoring of the service take turns, and raises everything once', async () => {
  await place.command('score', '--as-of', new Date(Date.now() - 86_400_000).toISOString())
  const yesterday = new Date(Date.now() - 3_600_000).toISOString()
  await importSignals(place, `acme active_users 1 ${yesterday}`, `acme nps -100 ${yesterday}`)
  const at = slot()
  place.write('routes.yaml', `scoring: {schedule: "${scheduleOf(at)}"}`)
  const timing = JSON.stringify({ schedule: scheduleOf(at), time_zone: 'UTC' })
  await saveSlotsSeen(connection.db, 'scoring', timing, at)

  const [service, ...said] = await Promise.all([
    place.serve(),
    ...Array.from({ length: 4 }, () => place.command('score', '--json')),
  ])
  await vi.waitFor(
    async () => expect(await connection.db.selectFrom('slots').select('state').execute()).toEqual([{ state: 'done' }]),
    { timeout: 20_000, interval: 100 },
  )

  await service.terminate()
  expect(said.map(({ exit }) => exit)).toEqual([0, 0, 0, 0])
  expect(log().filter(({ act }) => act === 'takes').length).toBeGreaterThanOrEqual(5)
  expect(isInTurns()).toBe(true)
  const counts = (sql: string) => bareOf(connection).prepare(sql).all()
  expect(counts('select kind from transitions')).toEqual([{ kind: 'sharp_drop' }])
  expect(counts('select kind, count(*) as n from alerts group by kind having n > 1')).toEqual([])
}, 60_000)

it('tells the news once, though the service and three `rounds digest` are at the digest at once', async () => {
  place.write('digests.yaml', `digests: [{name: now, schedule: "0 0 1 1 *", to: "slack:${room.id}"}]`)
  await place.command('score', '--as-of', new Date(Date.now() - 86_400_000).toISOString())
  await place.command('digest', 'now')
  const yesterday = new Date(Date.now() - 3_600_000).toISOString()
  await importSignals(place, `acme active_users 1 ${yesterday}`, `acme nps -100 ${yesterday}`)
  await place.command('score', '--as-of', new Date(Date.now() - 600_000).toISOString())
  const at = slot()
  const schedule = scheduleOf(at)
  place.write('digests.yaml', `digests: [{name: now, schedule: "${schedule}", to: "slack:${room.id}"}]`)
  await saveSlotsSeen(connection.db, 'digest:now', JSON.stringify({ schedule, time_zone: 'UTC' }), at)

  const said = Array.from({ length: 3 }, () => place.command('digest', 'now'))
  const service = await place.serve()

  expect((await Promise.all(said)).map(({ exit }) => exit)).toEqual([0, 0, 0])
  await vi.waitFor(
    async () => expect(await connection.db.selectFrom('slots').select('slot').execute()).toEqual([{ slot: at }]),
    { timeout: 30_000, interval: 100 },
  )
  // On some mornings somebody is asked for a pulse meanwhile.
  const digests = connection.db.selectFrom('outbox').where('subject', '=', 'digest')
  await vi.waitFor(async () => expect(await digests.where('state', '!=', 'sent').select('id').execute()).toEqual([]), {
    timeout: 20_000,
    interval: 100,
  })
  await service.terminate()
  expect(slack.messages(room).filter(({ shown }) => shown.includes('Newly at risk'))).toHaveLength(1)
  expect(isInTurns()).toBe(true)
}, 60_000)

it('scores after a `rounds score` that was killed in the middle, once its claim has lapsed', async () => {
  bareOf(connection).exec(`
    create trigger stall after insert on scores begin
      insert into job_log (act) with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000000)
        select 'stalls' from n where i < 0; end;`)
  const stalled = execFile(process.execPath, [place.cli, 'score'], { env: place.env, cwd: place.folder })
  await vi.waitFor(async () => expect(await holders()).toHaveLength(1), { timeout: 20_000, interval: 20 })
  stalled.kill('SIGKILL')
  await new Promise(resolve => stalled.once('close', resolve))
  bareOf(connection).exec('drop trigger stall')
  expect(await holders()).toHaveLength(1)
  bareOf(connection).exec('update claims set until = until - 25000')

  const said = await place.command('score')

  expect(said.stdout).toContain('Scored 3 accounts')
  expect(log().filter(({ act }) => act === 'takes over')).toHaveLength(1)
  expect(await holders()).toEqual([])
}, 60_000)

const holders = () => connection.db.selectFrom('claims').select('holder').where('holder', 'is not', null).execute()
