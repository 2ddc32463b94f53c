import { type KyselyPlugin, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { reachOf } from '../../src/domain/scoring/reach.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import { LONGEST_LEASE } from '../../src/store/claims/claims.ts'
import { copyTables, refuseDifference } from '../../src/store/copy/copy-tables.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { blockOf } from '../../src/store/engine/packs/block.ts'
import { isScoringUnderWay, openRunOrNone, SCORING } from '../../src/store/scoring/shared-runs.ts'
import { runAlone } from '../../src/work/schedule/run-alone.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import type { ScoringRun } from '../../src/work/scoring/scoring-run.ts'
import { helpToScore } from '../../src/work/scoring/together/help-scoring.ts'
import { contentsOf, fillPortfolio } from '../support/busy-portfolio.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { copyPostgres, createPostgres } from '../support/test-database.ts'

/** Two pools on one PostgreSQL database stand for two instances. */
const NOON = Date.UTC(2026, 10, 1, 12)
const NEWEST = NOON + 2 * DAY
const SHARDS = 5
const ACCOUNTS = SHARDS * 240
const { model, routes } = loadSettings(undefined)
let file: Connection
let template: Awaited<ReturnType<typeof createPostgres>>
let database: typeof template
let one: Connection
let other: Connection
/** What one process finds when plays start and a day later when alerts open, and what its database holds then. */
let alone: Awaited<ReturnType<typeof scoredAlone>>
let dayAfter: typeof alone

beforeAll(async () => {
  file = await migratedDatabase()
  await fillPortfolio(file, ACCOUNTS, NEWEST)
  await scored(file, slot(NOON - 18 * DAY))
  template = await createPostgres()
  const filled = openDatabase(template.url)
  await copyTables(file.db, filled.db, () => {})
  await refuseDifference(file.db, filled.db)
  await filled.close()
  alone = await scoredAlone(slot(NOON))
  dayAfter = await scoredAlone(slot(NOON + DAY))
})

afterAll(async () => {
  await file.close()
  await template.remove()
})

beforeEach(async () => {
  database = await copyPostgres(template.url)
  one = openDatabase(database.url, { connections: 3 })
  other = openDatabase(database.url, { connections: 3 })
})

afterEach(async () => {
  await one.close()
  await other.close()
  await database.remove()
})

let ids = 0
const newId = () => `id-${++ids}`
type Asked = Pick<ScoringRun, 'at' | 'accounts' | 'purpose'>
const slot = (at: number): Asked => ({ at, accounts: 'all', purpose: 'slot' })

/** As the service and commands do, alone at the job. */
async function scored(connection: Connection, run: Asked, how: { holder?: string; newId?: () => string } = {}) {
  const { holder, newId: named } = { holder: 'one', newId, ...how }
  const bid = { kind: 'job', name: SCORING, holder } as const
  const done = await runAlone(connection.db, bid, 0, claim =>
    scoreAccounts(connection, { model, routes, newId: named, ...run, claim }),
  )
  return done?.result ?? expect.fail('somebody else scores')
}
const scoredAlone = async (run: Asked) => ({ found: await scored(file, run), contents: await contentsOf(file.db) })
const help = (holder: string, connection = other) => helpToScore(connection, { model, routes, newId, holder })
/** Scores by the first, with the second helping until it is done; gives what came of it and of how many shards. */
async function scoredByBoth(run: Asked) {
  let isDone = false
  const scoring = scored(one, run).finally(() => {
    isDone = true
  })
  let helped = 0
  while (!isDone) helped += await help('other')
  return { ...(await scoring), helped }
}
const letLapse = () =>
  one.db
    .updateTable('claims')
    .set(({ eb }) => ({ until: eb('until', '-', 60_000) }))
    .where('holder', 'is not', null)
    .execute()
it('two instances find row by row what one finds, and both take part', async () => {
  const { helped, ...together } = await scoredByBoth(slot(NOON))
  expect(together).toEqual(alone.found)
  expect(await contentsOf(one.db)).toEqual(alone.contents)

  const { helped: more, ...later } = await scoredByBoth(slot(NOON + DAY))
  expect(later).toEqual(dayAfter.found)
  expect(await contentsOf(one.db)).toEqual(dayAfter.contents)

  expect(later.transitions.length).toBeGreaterThan(0)
  expect(helped + more).toBeGreaterThan(0)
  expect(await checkAudit(one.db)).not.toHaveProperty('brokenLine')
  expect(await openRunOrNone(one.db)).toBeUndefined()
})

it('a scoring asks fewer than forty questions for each shard, though plays start and alerts open in all of them', async () => {
  await one.engine.signals.packWeeks(one.db, reachOf([model], NOON))
  const asked: number[] = []
  for (const run of [slot(NOON), slot(NOON + DAY)]) {
    let questions = 0
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        questions += 1
        return result
      },
    }
    await scored({ ...one, db: one.db.withPlugin(counting) }, run)
    asked.push(questions)
  }

  for (const questions of asked) expect(questions).toBeLessThan(40 * SHARDS)
  expect((await one.db.selectFrom('playbook_runs').select('id').execute()).length).toBeGreaterThan(20)
})

/** As when a process is killed while it writes a shard: some are done, one is taken, nobody ends the whole. */
async function brokenOff(run: Asked) {
  let made = 0
  const breaking = () => {
    made += 1
    if (made > 150) throw new Error('broken off')
    return newId()
  }
  await expect(scored(one, run, { newId: breaking })).rejects.toThrow('broken off')
  return (await one.db.selectFrom('scoring_shards').selectAll().execute()).length
}

it('a scoring that broke off goes on where it was, in another instance too, and what was found is told whole', async () => {
  const done = await brokenOff(slot(NOON))
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(SHARDS)
  await letLapse()

  expect(await scored(other, slot(NOON), { holder: 'other' })).toEqual(alone.found)
  expect(await contentsOf(one.db)).toEqual(alone.contents)
})

it('the others do what is left of it before anybody takes up the whole', async () => {
  const done = await brokenOff(slot(NOON))
  await letLapse()

  let helped = 0
  while (helped < SHARDS - done) helped += await help('other')
  expect(await help('other')).toBe(0)
  expect(await contentsOf(one.db)).toEqual(alone.contents)
})

it('a later scoring takes the place of one that broke off', async () => {
  await brokenOff(slot(NOON))

  expect((await scoredByBoth(slot(NOON + DAY))).scored).toBe(ACCOUNTS)
  expect(await openRunOrNone(one.db)).toBeUndefined()
})

it('who was given other settings takes no part', async () => {
  await brokenOff(slot(NOON))
  await letLapse()
  const others = { ...routes, scoring: { schedule: '0 7 * * *', time_zone: 'UTC' } }

  expect(await helpToScore(other, { model, routes: others, newId, holder: 'other' })).toBe(0)
  expect(await help('other')).toBeGreaterThan(0)
})

const due: Asked = { at: NOON + DAY + HOUR, accounts: 'due', purpose: 'now' }
async function newsOf({ db }: Connection, most: number) {
  const some = db
    .selectFrom('accounts')
    .select(['key', sql<number>`1`.as('news')])
    .where('key', '<=', most)
  await db.insertInto('due_accounts').columns(['account', 'news']).expression(some).execute()
}

it('accounts with news are divided where there are many, and their news counted once', async () => {
  for (const run of [slot(NOON), slot(NOON + DAY)]) await scored(one, run)
  for (const database of [file, one]) await newsOf(database, 700)

  const { helped: _, ...together } = await scoredByBoth(due)
  const expected = await scoredAlone(due)

  expect(together).toEqual(expected.found)
  expect(await contentsOf(one.db)).toEqual(expected.contents)
})

it('of accounts with news, those of a shard that somebody else has are left to them, also between two others', async () => {
  await newsOf(one, ACCOUNTS)
  const breaking: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (node.kind === 'InsertQueryNode' && JSON.stringify(node).includes('scoring_shards'))
        throw new Error('broken off')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  await expect(scored({ ...one, db: one.db.withPlugin(breaking) }, due)).rejects.toThrow('broken off')
  await letLapse()
  await one.db
    .updateTable('claims')
    .set(({ eb }) => ({ holder: 'third', until: eb('taken_at', '+', LONGEST_LEASE) }))
    .where('kind', '=', 'shard')
    .where('name', 'like', '%/1')
    .execute()

  while ((await help('other')) > 0);

  const statuses = one.db.selectFrom('current_status').select('account').where('at', '=', due.at)
  const blocks = new Set((await statuses.execute()).map(({ account }) => blockOf(account)))
  expect([...blocks].sort()).toEqual([0, 2, 3, 4])
})

it('nothing is announced while somebody is at a shard, though nobody holds the whole', async () => {
  await brokenOff(slot(NOON))

  expect(await isScoringUnderWay(one.db)).toBe(true)
  await letLapse()
  expect(await isScoringUnderWay(one.db)).toBe(false)
})
