import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { copyTables, refuseDifference } from '../../src/store/copy/copy-tables.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { SCORING } from '../../src/store/scoring/shared-runs.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { fillPortfolio, scoringsOf } from '../support/busy-portfolio.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { makeTemplate, startServer } from '../support/postgres-server.ts'
import { soon } from '../support/soon.ts'
import { copyPostgres, createPostgres } from '../support/test-database.ts'
import { createPlace, type Place, type RoundsService } from './rounds-process.ts'
import { openServerPlace } from './server-place.ts'

/** Two built services on one PostgreSQL database score a slot, and one of them is killed or frozen meanwhile. */
const SHARDS = process.env.ROUNDS_LONG ? 12 : 6
const ACCOUNTS = SHARDS * 250
/** So slow that somebody can do something about it. */
const SECONDS_PER_SHARD = 8 / SHARDS
const slot = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
const schedule = `${new Date(slot).getUTCMinutes()} ${new Date(slot).getUTCHours()} * * *`
const files = { 'routes.yaml': `scoring: {schedule: "${schedule}"}` }

/** What one process makes of the portfolio. */
let alone: Record<string, string>
/** A database of the run's server with the portfolio. */
let filled: Awaited<ReturnType<typeof createPostgres>>
let place: Place
let connection: Connection
let services: RoundsService[]
let close: () => Promise<void>

beforeAll(async () => {
  const portfolio = await unscored()
  filled = await createPostgres()
  await fill(filled.url, portfolio)
  await score(portfolio, slot)
  alone = await scoringsOf(portfolio)
  await portfolio.close()
}, 180_000)

afterAll(() => filled.remove())

/** The portfolio as it is before the slot, in memory. */
async function unscored(): Promise<Connection> {
  const portfolio = await migratedDatabase()
  await fillPortfolio(portfolio, ACCOUNTS, slot)
  for (const day of [20, 2]) await score(portfolio, slot - day * DAY)
  return portfolio
}

async function score(portfolio: Connection, at: number) {
  const settings = createPlace(files)
  const { model, routes } = loadSettings(settings.folder)
  await settings.close()
  const newId = () => `id-${randomUUID()}`
  await scoreAccounts(portfolio, { model, routes, at, newId, accounts: 'all', purpose: 'slot' })
}

async function fill(url: string, portfolio: Connection) {
  const server = openDatabase(url)
  await copyTables(portfolio.db, server.db, () => {})
  await refuseDifference(portfolio.db, server.db)
  await saveSlotsSeen(server.db, SCORING, JSON.stringify({ schedule, time_zone: 'UTC' }), slot)
  await sql`create function wait() returns trigger language plpgsql as
    ${sql.lit(`begin perform pg_sleep(${SECONDS_PER_SHARD}); return new; end`)}`.execute(server.db)
  await sql`create trigger wait before insert on scoring_shards for each row execute function wait()`.execute(server.db)
  await server.close()
}

async function begin(database: ReturnType<typeof createPostgres>) {
  ;({ place, connection, close } = await openServerPlace(files, database))
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
  beforeEach(() => begin(copyPostgres(filled.url)), 180_000)

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
    const portfolio = await unscored()
    await fill(url, portfolio)
    await portfolio.close()
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
