import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { checkModel } from '../../src/model/load.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { readDueAccounts } from '../../src/store/scoring/due-accounts.ts'
import { SCORING } from '../../src/store/scoring/shared-runs.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { runAlone } from '../../src/work/schedule/run-alone.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { createPostgres } from '../support/test-database.ts'

/** One process scores on PostgreSQL while another takes in news of the same accounts. */
const NOON = Date.UTC(2026, 10, 1, 12)
let database: Awaited<ReturnType<typeof createPostgres>>
let scoring: Connection
let taking: Connection

beforeEach(async () => {
  database = await createPostgres()
  scoring = openDatabase(database.url, { connections: 3 })
  taking = openDatabase(database.url, { connections: 3 })
  await saveAccounts(taking.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], NOON - DAY)
})

afterEach(async () => {
  await scoring.close()
  await taking.close()
  await database.remove()
})

it('what is found is written at once, and what came meanwhile is left for the next time', async () => {
  const { model } = checkModel(SMALL_MODEL)
  if (model === undefined) return expect.fail('the model is valid')
  // A sequence counts what is rolled back too; the wait is for news to come.
  await sql`create sequence savings`.execute(taking.db)
  await sql`create function wait() returns trigger language plpgsql as
    'begin perform nextval(''savings''); perform pg_sleep(0.5); return new; end'`.execute(taking.db)
  await sql`create trigger wait before insert on scores for each row execute function wait()`.execute(taking.db)
  const news = (at: number) =>
    addSignals(taking, [
      { account: 1, metric: 'nps', value: 50, observedAt: at, receivedAt: at, id: '', source: 'test' },
    ])
  await news(NOON - DAY)

  let isDone = false
  const run = { model, newId: randomUUID, at: NOON, accounts: 'all', purpose: 'slot' } as const
  const scored = runAlone(scoring.db, { kind: 'job', name: SCORING, holder: 'one' }, 0, claim =>
    scoreAccounts(scoring, { ...run, claim }),
  ).finally(() => {
    isDone = true
  })
  for (let n = 1; !isDone; n += 1) {
    await news(NOON - n * 1_000)
    await sleep(50)
  }

  expect((await scored)?.result.scored).toBe(1)
  const { rows } = await sql<{ times: number }>`select last_value as times from savings`.execute(taking.db)
  expect(rows).toEqual([{ times: 1 }])
  expect(await readDueAccounts(taking.db)).toMatchObject([{ account: 1 }])
})
