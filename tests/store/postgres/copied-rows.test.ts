import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storageTrouble } from '../../../src/ingest/storage-trouble.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { readPacks, storePack } from '../../../src/store/engine/postgres/packs/stored-packs.ts'
import { type NewSignal, saveSignals } from '../../../src/store/sources/signals.ts'
import { migratedDatabase } from '../../support/migrated.ts'
import { createPostgres, onServer } from '../../support/test-database.ts'

/** New signals go to a server as bytes in its own format. */
let url: string
let connection: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  ;({ url, remove } = await createPostgres())
  connection = openDatabase(url, { connections: 2 })
})
afterEach(async () => {
  await connection.close()
  await remove()
})

const NOON = Date.UTC(2026, 0, 1, 12)
const signal = (values: Partial<NewSignal>): NewSignal => ({
  ...{ account: 1, metric: 'logins', value: 1, observedAt: NOON, receivedAt: NOON, id: '', source: 'crm' },
  ...values,
})

const instant = fc.integer({ min: -8.64e15, max: 8.64e15 })
const anySignal = fc
  .record({
    account: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    metric: fc.constantFrom('logins', 'nps'),
    // A file keeps no sign of nought.
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0),
    observedAt: fc.oneof(instant, fc.constant(NOON)),
    receivedAt: fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }),
    id: fc.oneof(
      fc.constant(''),
      fc.string({ unit: 'binary' }).map(id => id.replaceAll('\0', '')),
    ),
  })
  .map(signal)

describe('signals', () => {
  it('lie on a server as they do in a file, whatever they are made of', async () => {
    const file = await migratedDatabase()
    await fc.assert(
      fc.asyncProperty(fc.array(anySignal, { maxLength: 50 }), async signals => {
        const [onServer, inFile] = await Promise.all([connection, file].map(each => storedAlone(each, signals)))

        expect(onServer).toEqual(inFile)
      }),
      { numRuns: 30 },
    )
    await file.close()
  })

  it('with a value that is no number are refused, and none of those beside them is there', async () => {
    const signals = [signal({}), signal({ account: 2, value: Number.NaN })]

    await expect(saveSignals(connection, signals)).rejects.toThrow()

    expect(await stored(connection)).toEqual([])
  })
})

it('packs come back as they were stored, however the network cuts them', async () => {
  const weeks = Array.from({ length: 8 }, (_, week) => week)
  const packOf = (week: number, block: number) =>
    Buffer.from(Uint8Array.from({ length: 30_000 }, (_, at) => at * (week + 1) + block))
  for (const week of weeks) for (const block of [0, 1]) await storePack(connection.db, week, block, packOf(week, block))

  const packs = await readPacks(connection.db, { first: 0, last: 7 }, [0, 1])

  for (const week of weeks)
    expect([0, 1].map(block => packs.get(week)?.get(block))).toEqual([0, 1].map(block => packOf(week, block)))
})

it('a connection that is lost while rows are copied leaves none behind, and the next time all are there', async () => {
  const signals = Array.from({ length: 100 }, (_, at) => signal({ account: at + 1 }))
  await copying(signals, `select pg_terminate_backend(pid) from (${COPYING}) as copying`, async saving => {
    expect(await saidOf(saving)).toBe('The database cannot be reached.')
  })

  expect(await stored(connection)).toEqual([])
  expect(await saveSignals(connection, signals)).toMatchObject({ added: 100 })
})

it('copying that the server breaks off leaves the connection good for what is asked next', async () => {
  const signals = Array.from({ length: 100 }, (_, at) => signal({ account: at + 1 }))
  await copying(signals, `select pg_cancel_backend(pid) from (${COPYING}) as copying`, async saving => {
    expect(await saidOf(saving)).toMatch(/took longer than its statement_timeout/)
  })

  expect(await saveSignals(connection, signals)).toMatchObject({ added: 100 })
})

/** The connection that waits in the middle of the rows. */
const COPYING = `select pid from pg_stat_activity
  where datname = current_database() and query like 'copy signals%' and wait_event_type = 'Lock'`

/** Saves signals, does `act` in their midst: somebody else has just written the fiftieth and may yet take it back. */
async function copying(signals: readonly NewSignal[], act: string, then: (saving: Promise<unknown>) => Promise<void>) {
  const other = openDatabase(url, { connections: 1 })
  const transaction = await other.db.startTransaction().execute()
  await sql`insert into signals (week, account, metric, time_in_week, id, value, delay, source)
    values (${Math.floor(NOON / 604_800_000)}, 50, 1, ${NOON % 604_800_000}, '', 1, 0, 1)`.execute(transaction)
  const saving = saveSignals(connection, signals)
  saving.catch(() => {})
  while ((await sql.raw(COPYING).execute(connection.db)).rows.length === 0) await sleep(20)
  await onServer(url, act)
  await then(saving)
  await transaction.rollback().execute()
  await other.close()
}

const saidOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    error => storageTrouble(error)?.sentence ?? `a bug: ${error}`,
  )

async function storedAlone(database: Connection, signals: readonly NewSignal[]) {
  for (const table of ['signals', 'signal_versions', 'series'] as const) await database.db.deleteFrom(table).execute()
  await saveSignals(database, signals)
  return stored(database)
}

async function stored({ db }: Connection) {
  const query = db
    .selectFrom('signals')
    .innerJoin('metrics', 'metrics.key', 'signals.metric')
    .select(['week', 'account', 'metrics.name', 'time_in_week', 'id', 'value', 'delay'])
  const key = ['week', 'account', 'metrics.name', 'time_in_week', 'id'] as const
  return key.reduce((ordered, column) => ordered.orderBy(column), query).execute()
}
