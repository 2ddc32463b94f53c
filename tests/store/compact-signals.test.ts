import { afterEach, beforeEach, expect, it } from 'vitest'
import { MIGRATIONS } from '../../migrations/index.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { weekOf } from '../../src/store/engine/signals/week.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'

const NOON = Date.UTC(2025, 0, 15, 12)

let connection: Connection

beforeEach(() => {
  connection = openDatabase('sqlite::memory:')
})

afterEach(() => connection.close())

it('keeps every signal of the version before, with both of its instants, and learns the newest of each series', async () => {
  await migrate(
    connection,
    MIGRATIONS.filter(({ name }) => name < '0035'),
  )
  const bare = bareOf(connection)
  const insert = bare.prepare('insert into signals values (?, ?, ?, ?, ?, ?, ?, ?)')
  const rows = [
    [1, 1, NOON - 9 * DAY, '', 4.5, NOON - 9 * DAY, 1],
    [1, 1, NOON, '~2', 5, NOON + 3, 2],
    [1, 2, -1, 'before 1970', 6, 0, 1],
    [2, 1, NOON + 99 * DAY, 'in the future', 7, NOON, 1],
  ] as const
  for (const [account, metric, at, ...rest] of rows) insert.run(weekOf(at), account, metric, at, ...rest)
  bare.exec(`
    insert into series values (1, 1, ${NOON - 9 * DAY}), (1, 2, -1), (2, 1, ${NOON + 99 * DAY});
    insert into retention_cursor values (2870, 1, 1, ${NOON}, '');`)

  await migrate(connection)

  const kept = bare.prepare(
    `select account, metric, ${OBSERVED_AT} as at, id, value, ${RECEIVED_AT}, source from signals order by account, metric, at`,
  )
  expect(kept.raw().all()).toEqual(rows)
  expect(bare.prepare('select * from series order by account, metric').raw().all()).toEqual([
    [1, 1, NOON - 9 * DAY, NOON],
    [1, 2, -1, -1],
    [2, 1, NOON + 99 * DAY, NOON + 99 * DAY],
  ])
  expect(bare.prepare('select count(*) from retention_cursor').pluck().get()).toBe(0)
})
