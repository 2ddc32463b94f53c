import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/instant.ts'
import { type Connection, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { withVersion } from '../../src/store/signal-version.ts'
import { addSignals, type NewSignal, saveSignals } from '../../src/store/signals.ts'
import { weekOf } from '../../src/store/week.ts'

const NOON = Date.UTC(2025, 0, 15, 12)

let connection: Connection

beforeEach(async () => {
  connection = openDatabase('sqlite::memory:')
  await migrate(connection)
})

afterEach(() => connection.close())

describe('adding signals', () => {
  it('adds what is new, once', () => {
    const rows = [signal({ metric: 'nps' }), signal({ metric: 'logins' }), signal({ account: 2 })]

    expect(addSignals(connection, rows)).toEqual({ added: 3, changed: 0, unchanged: 0 })
    expect(addSignals(connection, rows)).toEqual({ added: 0, changed: 0, unchanged: 3 })

    expect(current()).toHaveLength(3)
  })

  it('takes more rows than one statement writes, some of them known', () => {
    const rows = Array.from({ length: 100 }, (_, at) => signal({ observedAt: NOON + at * DAY, value: at }))
    addSignals(connection, rows.slice(20, 40))

    expect(addSignals(connection, rows)).toEqual({ added: 80, changed: 0, unchanged: 20 })
    expect(
      addSignals(
        connection,
        rows.map(row => ({ ...row, value: 20 })),
      ),
    ).toMatchObject({ changed: 99, unchanged: 1 })
  })

  it('keeps what a correction replaced, with the time at which each was received', () => {
    addSignals(connection, [signal({ value: 5, receivedAt: 100 })])
    addSignals(connection, [signal({ value: 6, receivedAt: 200 })])

    expect(current()).toMatchObject([{ value: 6, received_at: 200 }])
    expect(earlier()).toMatchObject([{ version: 1, value: 5, received_at: 100 }])
  })

  it('does not take another source for a correction', () => {
    addSignals(connection, [signal({ source: 'crm' })])

    expect(addSignals(connection, [signal({ source: 'api', receivedAt: 200 })])).toMatchObject({ unchanged: 1 })
  })

  it('puts history that comes after the fact behind what was received since', () => {
    addSignals(connection, [signal({ value: 6, receivedAt: 200 })])

    expect(addSignals(connection, [signal({ value: 5, receivedAt: 100 })])).toMatchObject({ changed: 1 })
    expect(addSignals(connection, [signal({ value: 5, receivedAt: 100 })])).toMatchObject({ unchanged: 1 })

    expect(current()).toMatchObject([{ value: 6, received_at: 200 }])
    expect(earlier()).toMatchObject([{ version: 1, value: 5, received_at: 100 }])
  })

  it('lets the last of several rows about the same thing win, and says of the same batch again that nothing changed', () => {
    const rows = [signal({ value: 5 }), signal({ value: 6 })]

    expect(addSignals(connection, rows)).toEqual({ added: 1, changed: 1, unchanged: 0 })
    const again = rows.map(row => ({ ...row, receivedAt: 200 }))
    expect(addSignals(connection, again)).toEqual({ added: 0, changed: 0, unchanged: 2 })

    expect(current()).toMatchObject([{ value: 6 }])
    expect(earlier()).toEqual([])
  })

  it('knows when each metric of an account was first observed', () => {
    addSignals(connection, [signal({ observedAt: NOON }), signal({ observedAt: NOON - 30 * DAY })])
    addSignals(connection, [signal({ observedAt: NOON - DAY }), signal({ metric: 'nps', observedAt: NOON })])

    expect(connection.sqlite.prepare('select first_at from series order by first_at').pluck().all()).toEqual([
      NOON - 30 * DAY,
      NOON,
    ])
  })

  it('marks accounts with news as due, and no others', () => {
    addSignals(connection, [signal({ account: 1 }), signal({ account: 2 })])
    connection.sqlite.exec('delete from due_accounts')

    addSignals(connection, [signal({ account: 1 }), signal({ account: 2, value: 9, receivedAt: 200 })])

    expect(connection.sqlite.prepare('select * from due_accounts').all()).toEqual([{ account: 2, news: 1 }])
  })

  it('counts the news of an account that is due already', () => {
    addSignals(connection, [signal({})])
    addSignals(connection, [signal({ metric: 'nps' })])

    expect(connection.sqlite.prepare('select news from due_accounts').pluck().get()).toBe(2)
  })

  it('finds the week of instants before 1970 too', () => {
    expect([weekOf(-1), weekOf(0), weekOf(7 * DAY - 1), weekOf(7 * DAY)]).toEqual([-1, 0, 0, 1])
  })

  it('adds all of a batch or nothing', () => {
    const rows = [signal({}), signal({ metric: 'nps', value: Number.NaN })]

    expect(() => addSignals(connection, rows)).toThrow()

    expect(current()).toEqual([])
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
    expect(current()).toHaveLength(1)
  })

  it('remembers no metric of a transaction that was rolled back', () => {
    const attempt = connection.sqlite.transaction(() => {
      addSignals(connection, [signal({ metric: 'nps' })])
      throw new Error('rolled back')
    })
    expect(attempt).toThrow('rolled back')

    addSignals(connection, [signal({ metric: 'nps' })])

    expect(connection.sqlite.prepare('select name from metrics join signals on metric = key').pluck().all()).toEqual([
      'nps',
    ])
  })
})

describe('signals in any order', () => {
  const row = fc.record({
    account: fc.integer({ min: 1, max: 2 }),
    metric: fc.constantFrom('nps', 'logins'),
    observedAt: fc.constantFrom(-DAY, 0, NOON),
    id: fc.constantFrom('', 'a'),
    value: fc.integer({ min: 0, max: 3 }),
    receivedAt: fc.integer({ min: 0, max: 4 }),
  })
  const rows = fc.array(row, { maxLength: 60 })

  it('make the versions that the definition says, whatever batches they come in', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 60 }), (rows, size) => {
        empty()
        for (let at = 0; at < rows.length; at += size) addSignals(connection, rows.slice(at, at + size))

        expect(everyVersion()).toEqual(definedBy(rows))
      }),
      { numRuns: 150 },
    )
  })

  it('leave the same tables when a file is loaded twice', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (rows, isHistory) => {
        const at = (received: number) =>
          rows.map(row => ({ ...row, receivedAt: isHistory ? row.observedAt : received }))
        empty()
        addSignals(connection, at(100))
        const before = everyVersion()

        expect(addSignals(connection, at(200))).toEqual({ added: 0, changed: 0, unchanged: rows.length })

        expect(everyVersion()).toEqual(before)
      }),
      { numRuns: 150 },
    )
  })
})

function signal(given: Partial<NewSignal>): NewSignal {
  return { account: 1, metric: 'logins', observedAt: NOON, id: '', value: 7, receivedAt: 100, source: 'crm', ...given }
}

function empty(): void {
  for (const table of ['signals', 'signal_versions', 'series', 'due_accounts']) {
    connection.sqlite.exec(`delete from ${table}`)
  }
}

function current() {
  return connection.sqlite.prepare('select * from signals').all()
}

function earlier() {
  return connection.sqlite.prepare('select * from signal_versions').all()
}

/** Identity -> [received_at, value], oldest first. */
function everyVersion(): Record<string, [number, number][]> {
  const rows = connection.sqlite
    .prepare<[], { identity: string; received_at: number; value: number }>(
      `select account || metrics.name || observed_at || id as identity, received_at, value from (
        select account, metric, observed_at, id, version, received_at, value from signal_versions union all
        select account, metric, observed_at, id, 1e9, received_at, value from signals
      ) join metrics on metrics.key = metric order by identity, version`,
    )
    .all()
  return grouped(rows.map(({ identity, received_at, value }) => [identity, [received_at, value]]))
}

function definedBy(rows: readonly NewSignal[]): Record<string, [number, number][]> {
  const versions = new Map<string, ReturnType<typeof withVersion>>()
  for (const { account, metric, observedAt, id, value, receivedAt } of rows) {
    const identity = `${account}${metric}${observedAt}${id}`
    const known = versions.get(identity) ?? []
    if (known.at(-1)?.value === value) continue
    versions.set(identity, withVersion(known, { value, receivedAt, source: 1 }))
  }
  return grouped(
    [...versions].flatMap(([identity, list]) =>
      list.map(({ receivedAt, value }) => [identity, [receivedAt, value]] as [string, [number, number]]),
    ),
  )
}

function grouped(pairs: readonly [string, [number, number]][]): Record<string, [number, number][]> {
  const groups: Record<string, [number, number][]> = {}
  for (const [identity, version] of pairs) groups[identity] = [...(groups[identity] ?? []), version]
  return groups
}
