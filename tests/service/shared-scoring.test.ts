import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { copyTables, refuseDifference } from '../../src/store/copy/copy-tables.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { SCORING } from '../../src/store/scoring/shared-runs.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { fillPortfolio, scoringsOf } from '../support/busy-portfolio.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { makeTemplate, startServer } from '../support/postgres-server.ts'
import { soon } from '../support/soon.ts'
import { createPostgres } from '../support/test-database.ts'
import type { Place, RoundsService } from './rounds-process.ts'
import { openServerPlace } from './server-place.ts'

/** Two built services on one PostgreSQL database score a slot, and one of them is killed or frozen meanwhile. */
const ACCOUNTS = 3_000
const SHARDS = 12
let place: Place
let connection: Connection
let services: RoundsService[]
let slot: number
/** What one process makes of the same portfolio. */
let alone: Record<string, string>
let close: () => Promise<void>

async function begin(database?: ReturnType<typeof createPostgres>) {
  slot = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
  const schedule = `${new Date(slot).getUTCMinutes()} ${new Date(slot).getUTCHours()} * * *`
  const files = { 'routes.yaml': `scoring: {schedule: "${schedule}"}` }
  ;({ place, connection, close } = await openServerPlace(files, database))
  const file = await migratedDatabase()
  await fillPortfolio(file, ACCOUNTS, slot)
  const { model, routes } = loadSettings(place.folder)
  const score = (at: number) =>
    scoreAccounts(file, { model, routes, at, newId: () => `id-${++ids}`, accounts: 'all', purpose: 'slot' })
  let ids = 0
  for (const day of [20, 2]) await score(slot - day * DAY)
  await copyTables(file.db, connection.db, () => {})
  await refuseDifference(file.db, connection.db)
  await score(slot)
  alone = await scoringsOf(file)
  await file.close()
  await saveSlotsSeen(connection.db, SCORING, JSON.stringify({ schedule, time_zone: 'UTC' }), slot)
  // So slow that somebody can do something about it.
  await sql`create function wait() returns trigger language plpgsql as
    'begin perform pg_sleep(0.7); return new; end'`.execute(connection.db)
  await sql`create trigger wait before insert on scoring_shards for each row execute function wait()`.execute(
    connection.db,
  )
  services = await Promise.all([place.serve(), place.serve()])
}

afterEach(() => close())

const slots = () =>
  connection.db.selectFrom('slots').select(['slot', 'state']).where('schedule', '=', SCORING).execute()
const done = () => connection.db.selectFrom('scoring_shards').select('block').execute()
const times = (words: string) => services.flatMap(service => service.log().match(new RegExp(words, 'g')) ?? []).length
async function slotIsDone() {
  await soon(async () => expect(await slots()).toEqual([{ slot, state: 'done' }]), 90_000)
}
/** Which of the services holds the job. */
async function beginner(): Promise<RoundsService> {
  const job = connection.db.selectFrom('claims').select('holder').where('kind', '=', 'job').where('name', '=', SCORING)
  const { holder } = await job.executeTakeFirstOrThrow()
  for (const service of services) {
    const { instance } = (await (await fetch(`${service.url}/readyz`)).json()) as { instance: string }
    if (instance === holder) return service
  }
  return expect.fail(`${holder} is none of the two`)
}

describe('a scoring that two services share', () => {
  beforeEach(() => begin(), 180_000)

  it('both score, each account once, and the slot is recorded once', async () => {
    await slotIsDone()

    expect(await scoringsOf(connection)).toEqual(alone)
    expect(times('portfolio scored')).toBe(1)
    expect(times('helped to score')).toBeGreaterThan(0)
  }, 240_000)

  // Two that send are killed and frozen in every run: see two-instances.test.ts.
  it.each([['killed', 'SIGKILL'] as const, ...(process.env.ROUNDS_LONG ? [['frozen', 'SIGSTOP'] as const] : [])])(
    'when the one that began it is %s in the middle, the other does the rest, and nothing is written twice',
    async (_, signal) => {
      await soon(async () => expect((await done()).length).toBeGreaterThan(0))
      const began = await beginner()
      const before = (await done()).length
      void began.end(signal)
      expect(before).toBeLessThan(SHARDS)

      await slotIsDone()
      expect(await scoringsOf(connection)).toEqual(alone)

      if (signal === 'SIGSTOP') {
        void began.end('SIGCONT')
        await soon(() => expect(began.log()).toMatch(/took over|terminated|a job failed/))
      }
      expect(await scoringsOf(connection)).toEqual(alone)
      expect(await slots()).toEqual([{ slot, state: 'done' }])
      expect(times('portfolio scored')).toBe(1)
    },
    240_000,
  )
})

describe.runIf(process.env.ROUNDS_LONG)('a server that crashes in the middle of a scoring', () => {
  let server: Awaited<ReturnType<typeof startServer>>

  beforeEach(async () => {
    server = await startServer(join(tmpdir(), `rounds-crash-${randomUUID()}`))
    const { url } = await createPostgres({ url: server.url, template: await makeTemplate(server.url) })
    await begin(Promise.resolve({ url, remove: server.stop }))
  }, 180_000)

  it('costs nothing but time: what is left is scored once it is back, and the slot is recorded once', async () => {
    await soon(async () => expect((await done()).length).toBeGreaterThan(0))
    await server.crash(1_000)

    await slotIsDone()
    expect(await scoringsOf(connection)).toEqual(alone)
    expect(times('portfolio scored')).toBe(1)
    for (const { url } of services) expect((await fetch(`${url}/readyz`)).status).toBe(200)
  }, 240_000)
})
