import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { groupedBy } from '../../src/domain/grouped.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { type SignalsTogether, writeTogether } from '../../src/ingest/signals/write-signals.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { inKeyOrder } from '../../src/store/engine/signals/batch-order.ts'
import { batchOf } from '../../src/store/engine/signals/signal-batch.ts'
import { observedAt, receivedAt } from '../../src/store/engine/signals/signal-times.ts'
import { weekOf } from '../../src/store/engine/signals/week.ts'
import { slices } from '../../src/store/slices.ts'
import { addSignals, type Counts, type NewSignal, saveSignals } from '../../src/store/sources/signals.ts'
import { knownAt, versionsOf } from '../support/signal-reference.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

const NOON = Date.UTC(2025, 0, 15, 12)

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})

afterEach(() => connection.close())

describe('adding signals', () => {
  it('adds what is new, once', async () => {
    const rows = [signal({ metric: 'nps' }), signal({ metric: 'logins' }), signal({ account: 2 })]

    expect(await addSignals(connection, rows)).toEqual({ added: 3, changed: 0, unchanged: 0 })
    expect(await addSignals(connection, rows)).toEqual({ added: 0, changed: 0, unchanged: 3 })

    expect(await current()).toHaveLength(3)
  })

  it('takes more rows than one statement writes, some of them known', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => signal({ observedAt: NOON + at * DAY, value: at }))
    await addSignals(connection, rows.slice(20, 40))

    expect(await addSignals(connection, rows)).toEqual({ added: 80, changed: 0, unchanged: 20 })
    expect(
      await addSignals(
        connection,
        rows.map(row => ({ ...row, value: 20 })),
      ),
    ).toMatchObject({ changed: 99, unchanged: 1 })
  })

  it('knows of each of many rows when it was learned, be it all at once, each as late or each by itself', async () => {
    const receptions = [() => NOON, (observedAt: number) => observedAt + 5, (_: number, at: number) => NOON - at ** 2]
    for (const [metric, received] of receptions.entries()) {
      const rows = Array.from({ length: 330 }, (_, at) => {
        const observedAt = NOON - at * 60_000
        return signal({ metric: `${metric}`, value: at, observedAt, receivedAt: received(observedAt, at) })
      })
      await empty()
      await addSignals(connection, rows.toReversed())

      const stored = await current()
      expect(stored.map(({ value }) => value)).toHaveLength(rows.length)
      for (const { value, received_at } of stored) expect(received_at).toBe(rows[value]?.receivedAt)
    }
  })

  it('says from when to when a series is known, also when what was sent together breaks off', async () => {
    const together = writeTogether(connection)
    for (const days of [[0, 3], [5, -2], [1]]) {
      const batch = batchOf(days.map(day => signal({ observedAt: NOON + day * DAY })))
      await together.add(batch, inKeyOrder(batch))
    }
    await together.close()

    const series = await connection.db.selectFrom('series').select(['first_at', 'newest_at']).execute()
    const metrics = await connection.db.selectFrom('metrics').select('first_at').execute()
    expect(series).toEqual([{ first_at: NOON - 2 * DAY, newest_at: NOON + 5 * DAY }])
    expect(metrics).toEqual([{ first_at: NOON - 2 * DAY }])
  })

  it('keeps what a correction replaced, with the time at which each was received', async () => {
    await addSignals(connection, [signal({ value: 5, receivedAt: 100 })])
    await addSignals(connection, [signal({ value: 6, receivedAt: 200 })])

    expect(await current()).toMatchObject([{ value: 6, received_at: 200 }])
    expect(await earlier()).toMatchObject([{ version: 1, value: 5, received_at: 100 }])
  })

  it('does not take another source for a correction', async () => {
    await addSignals(connection, [signal({ source: 'crm' })])

    expect(await addSignals(connection, [signal({ source: 'api', receivedAt: 200 })])).toMatchObject({ unchanged: 1 })
  })

  it('records last what differs, whenever it was received', async () => {
    await addSignals(connection, [signal({ value: 6, receivedAt: 200 })])

    expect(await addSignals(connection, [signal({ value: 5, receivedAt: 100 })])).toMatchObject({ changed: 1 })
    expect(await addSignals(connection, [signal({ value: 5, receivedAt: 100 })])).toMatchObject({ unchanged: 1 })

    expect(await current()).toMatchObject([{ value: 5, received_at: 100 }])
    expect(await earlier()).toMatchObject([{ version: 1, value: 6, received_at: 200 }])
  })

  it('lowers when the newest version was received by an equal row of history, and by no other', async () => {
    await addSignals(connection, [signal({ value: 5, receivedAt: 300 })])
    await addSignals(connection, [signal({ value: 6, receivedAt: 400 })])

    expect(await addSignals(connection, [signal({ value: 6, receivedAt: 100 })])).toMatchObject({ unchanged: 1 })
    expect(await current()).toMatchObject([{ value: 6, received_at: 400 }])
    const history = [signal({ value: 6, receivedAt: 100 })]
    expect(await addSignals(connection, history, { isHistory: true })).toMatchObject({ changed: 1 })
    expect(await addSignals(connection, history, { isHistory: true })).toMatchObject({ unchanged: 1 })

    expect(await current()).toMatchObject([{ value: 6, received_at: 100 }])
    expect(await earlier()).toMatchObject([{ version: 1, value: 5, received_at: 300 }])
  })

  it('lets the last of several rows about the same thing win, and says of the same batch again that nothing changed', async () => {
    const rows = [signal({ value: 5 }), signal({ value: 8 }), signal({ value: 6 })]

    expect(await addSignals(connection, rows)).toEqual({ added: 1, changed: 1, unchanged: 1 })
    const again = rows.map(row => ({ ...row, receivedAt: 200 }))
    expect(await addSignals(connection, again)).toEqual({ added: 0, changed: 0, unchanged: 3 })

    expect(await current()).toMatchObject([{ value: 6, received_at: 100 }])
  })

  it('knows when each metric of an account was observed first and last', async () => {
    await addSignals(connection, [signal({ observedAt: NOON }), signal({ observedAt: NOON - 30 * DAY })])
    await addSignals(connection, [signal({ observedAt: NOON - DAY }), signal({ metric: 'nps', observedAt: NOON })])
    await addSignals(connection, [signal({ observedAt: NOON + 9 * DAY, metric: 'nps' })])

    const series = connection.db.selectFrom('series').select(['first_at', 'newest_at']).orderBy('first_at')
    expect(await series.execute()).toEqual([
      { first_at: NOON - 30 * DAY, newest_at: NOON },
      { first_at: NOON, newest_at: NOON + 9 * DAY },
    ])
  })

  it('marks accounts with news as due, and no others', async () => {
    await addSignals(connection, [signal({ account: 1 }), signal({ account: 2 })])
    await connection.db.deleteFrom('due_accounts').execute()

    await addSignals(connection, [signal({ account: 1 }), signal({ account: 2, value: 9, receivedAt: 200 })])

    expect(await connection.db.selectFrom('due_accounts').selectAll().execute()).toEqual([{ account: 2, news: 1 }])
  })

  it('counts the news of an account that is due already', async () => {
    await addSignals(connection, [signal({})])
    await addSignals(connection, [signal({ metric: 'nps' })])

    expect(await connection.db.selectFrom('due_accounts').select('news').execute()).toEqual([{ news: 2 }])
  })

  it('finds the week of instants before 1970 too', () => {
    expect([weekOf(-1), weekOf(0), weekOf(7 * DAY - 1), weekOf(7 * DAY)]).toEqual([-1, 0, 0, 1])
  })

  it('adds all of a batch or nothing', async () => {
    const rows = [signal({}), signal({ metric: 'nps', value: Number.NaN })]

    await expect(addSignals(connection, rows)).rejects.toThrow()

    expect(await current()).toEqual([])
  })

  it('waits for a transaction that is under way on the same connection', async () => {
    let open = true
    const busy = connection.db.transaction().execute(async db => {
      await db.insertInto('sources').values({ name: 'x' }).execute()
      await new Promise(resolve => setTimeout(resolve, 20))
      open = false
      throw new Error('rolled back')
    })

    const saved = saveSignals(connection, [signal({})]).then(() => open)

    await expect(busy).rejects.toThrow('rolled back')
    expect(await saved).toBe(false)
    expect(await current()).toHaveLength(1)
  })

  it('remembers no metric of a transaction that was rolled back', async () => {
    const attempt = connection.db.transaction().execute(async db => {
      await addSignals({ ...connection, db }, [signal({ metric: 'nps' })])
      throw new Error('rolled back')
    })
    await expect(attempt).rejects.toThrow('rolled back')

    await addSignals(connection, [signal({ metric: 'nps' })])

    const names = connection.db.selectFrom('metrics').innerJoin('signals', 'metric', 'key').select('name')
    expect(await names.execute()).toEqual([{ name: 'nps' }])
  })
})

describe('signals that are sent together', () => {
  const row = fc.record({
    account: fc.integer({ min: 1, max: 2 }),
    metric: fc.constantFrom('nps', 'logins'),
    observedAt: fc.constantFrom(0, 2, 5),
    id: fc.constantFrom('', '~2', 'a'),
    value: fc.integer({ min: 0, max: 2 }),
  })
  const load = fc.record({
    now: fc.integer({ min: 0, max: 6 }),
    isHistory: fc.boolean(),
    rows: fc.array(row, { maxLength: 60 }),
    size: fc.integer({ min: 1, max: 60 }),
    /** Undefined as where no service is held up. */
    written: fc.constantFrom(7, undefined),
  })

  it('are known at every instant as the definition says, however they are split and in whatever order files come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(load, { maxLength: 4 }), async loads => {
        await empty()
        for (const one of loads) await send(one)

        const defined = versionsOf(loads.map(one => ({ ...one, rows: one.rows.map(withIdentity) })))
        const stored = await everyVersion()
        for (const at of [-1, 0, 1, 2, 3, 4, 5, 6]) expect(knownAt(stored, at)).toEqual(knownAt(defined, at))
      }),
      tries(150),
    )
  })

  it('change nothing when they are sent again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(load, { maxLength: 2 }), load, async (loads, one) => {
        await empty()
        for (const other of [...loads, one]) await send(other)
        const before = await everyVersion()

        const again = await send({ ...one, now: one.now + 1 })

        expect(again).toEqual({ added: 0, changed: 0, unchanged: one.rows.length })
        expect(await everyVersion()).toEqual(before)
      }),
      tries(150),
    )
  })

  it('that fail are not there in part, and others can be sent after them', async () => {
    const together = writeTogether(connection)
    await addAll(together, [signal({})])
    const broken = [signal({ account: 2 }), signal({ account: 3, value: Number.NaN })]
    await expect(addAll(together, broken)).rejects.toThrow()
    await together.close()
    const [signals, series] = [await current(), await connection.db.selectFrom('series').selectAll().execute()]
    expect(series).toHaveLength(signals.length)

    expect(await addSignals(connection, [signal({}), signal({ account: 2 })])).toMatchObject({ changed: 0 })
    expect(await current()).toHaveLength(2)
  })

  type OneLoad = {
    now: number
    isHistory: boolean
    rows: Omit<NewSignal, 'receivedAt'>[]
    size: number
    written: number | undefined
  }

  async function send({ now, isHistory, rows, size, written }: OneLoad) {
    const signals = rows.map(one => ({ ...one, receivedAt: isHistory ? Math.min(one.observedAt, now) : now }))
    const together = writeTogether(connection, { isHistory, ...(written !== undefined && { size: written }) })
    const counts: Counts[] = []
    for (const part of slices(signals, size)) counts.push(await addAll(together, part))
    counts.push(await together.end())
    await together.close()
    const total = (outcome: keyof Counts) => counts.reduce((sum, one) => sum + one[outcome], 0)
    return { added: total('added'), changed: total('changed'), unchanged: total('unchanged') }
  }

  function addAll(together: SignalsTogether, signals: readonly NewSignal[]) {
    const batch = batchOf(signals)
    return together.add(batch, inKeyOrder(batch))
  }

  function withIdentity({ account, metric, observedAt, id, value }: OneLoad['rows'][number]) {
    return { identity: `${account} ${metric} ${observedAt} ${id}`, observedAt, value }
  }
})

function signal(given: Partial<NewSignal>): NewSignal {
  return { account: 1, metric: 'logins', observedAt: NOON, id: '', value: 7, receivedAt: 100, source: 'crm', ...given }
}

async function empty(): Promise<void> {
  for (const table of ['signals', 'signal_versions', 'series', 'due_accounts'] as const) {
    await connection.db.deleteFrom(table).execute()
  }
}

async function current() {
  return connection.db.selectFrom('signals').selectAll().select(receivedAt.as('received_at')).execute()
}

async function earlier() {
  return connection.db.selectFrom('signal_versions').selectAll().execute()
}

/** Of each identity, as they were recorded. */
async function everyVersion(): Promise<Map<string, { value: number; receivedAt: number }[]>> {
  const { rows } = await sql<{ identity: string; receivedAt: number; value: number }>`
    select account || ' ' || metrics.name || ' ' || observed_at || ' ' || id as identity,
      received_at as "receivedAt", value
    from (
      select account, metric, observed_at, id, version, received_at, value from signal_versions union all
      select account, metric, ${observedAt}, id, 1000000000, ${receivedAt}, value from signals
    ) as versions join metrics on metrics.key = metric order by identity, version`.execute(connection.db)
  return groupedBy(rows, ({ identity }) => identity)
}
