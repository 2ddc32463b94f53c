import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newestAttributeChange, recordAttributeChanges } from '../../../src/store/accounts/attribute-changes.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { settledUpTo } from '../../../src/store/engine/settled.ts'
import { inTransaction } from '../../../src/store/engine/transaction.ts'
import { addEvents, settledEventsAfter } from '../../../src/store/events/events.ts'
import { syncReceivers } from '../../../src/store/events/receivers.ts'
import type { Db } from '../../../src/store/tables.ts'
import { createPostgres } from '../../support/test-database.ts'

/** Two processes that write, each with connections of its own, and one that reads what is new. */
let one: Connection
let other: Connection
let url: string
let remove: () => Promise<void>

beforeEach(async () => {
  ;({ url, remove } = await createPostgres())
  ;[one, other] = [openDatabase(url), openDatabase(url)]
  await syncReceivers(one.db, [{ url: 'https://crm.example/hook', events: ['outcome'] }], 0)
})
afterEach(async () => {
  await one.close()
  await other.close()
  await remove()
})

const tell = (db: Db, on: string) =>
  addEvents(db, [{ kind: 'outcome', at: 0, account: 1, fact: { kind: 'churned', on, arr: 1, reasonCode: 'price' } }])
const heard = async (after: number) => (await settledEventsAfter(other.db, after, 100)).map(({ id }) => id)

/** Does `write` in a transaction that stays open; `end` lets it come to its end, well or not. */
async function begun(db: Db, write: (db: Db) => Promise<void>) {
  let end = (_: 'well' | 'badly') => {}
  const ending = new Promise<'well' | 'badly'>(resolve => {
    end = resolve
  })
  let isWritten = () => {}
  const written = new Promise<void>(resolve => {
    isWritten = resolve
  })
  const whole = inTransaction(db, async db => {
    await write(db)
    isWritten()
    if ((await ending) === 'badly') throw new Error('it was not to be')
  }).catch(() => {})
  await written
  return async (how: 'well' | 'badly') => {
    end(how)
    await whole
  }
}

describe('who reads what came after an event', () => {
  it('waits for one with a lower number that is not committed yet, and misses none', async () => {
    const end = await begun(one.db, db => tell(db, '2026-01-01'))
    await tell(other.db, '2026-01-02')
    expect(await heard(0)).toEqual([])

    await end('well')

    expect(await heard(0)).toEqual([1, 2])
    await tell(one.db, '2026-01-03')
    expect(await heard(2)).toEqual([3])
  })

  it('goes on past the number of one that never was', async () => {
    const end = await begun(one.db, db => tell(db, '2026-01-01'))
    await tell(other.db, '2026-01-02')

    await end('badly')

    expect(await heard(0)).toEqual([2])
  })

  it('hears what was written before somebody began to write', async () => {
    await tell(other.db, '2026-01-01')
    const end = await begun(one.db, db => tell(db, '2026-01-02'))

    expect(await heard(0)).toEqual([1])
    await end('well')
  })

  it('hears what was copied from another database while somebody writes the first new one', async () => {
    await tell(other.db, '2026-01-01')
    await sql`update events set id = 5`.execute(other.db)
    await sql`select setval('events_id_seq', 6, false)`.execute(other.db)
    const end = await begun(one.db, db => tell(db, '2026-01-02'))

    expect(await heard(0)).toEqual([5])
    await end('well')
    expect(await heard(5)).toEqual([6])
  })

  it('misses nothing of many who write at the same time', async () => {
    const reader = openDatabase(url)
    const found: number[] = []
    const hear = async () => {
      for (const { id } of await settledEventsAfter(reader.db, found.at(-1) ?? 0, 100)) found.push(id)
    }
    // As many as have a connection each: nobody waits for one.
    const writers = Array.from({ length: 20 }, async (_, n) => {
      for (const month of ['01', '02']) {
        await inTransaction(n % 2 === 0 ? one.db : other.db, async db => {
          await tell(db, `2026-${month}-${n}`)
          await db.selectFrom('events').select('id').limit(1).execute()
        })
      }
    })
    let isOver = false
    const all = Promise.all(writers).finally(() => {
      isOver = true
    })
    while (!isOver) await hear()
    await all
    await hear()
    await reader.close()

    const written = await one.db.selectFrom('events').select('id').orderBy('id').execute()
    expect(found).toEqual(written.map(({ id }) => id))
    expect(found).toHaveLength(40)
  })
})

it('who writes never says a number that is not given out yet, not even while the sequence is logged', async () => {
  const forASecond = (work: string, end = '') =>
    sql.raw(`do $$ declare highest bigint := 0; till timestamptz := clock_timestamp() + '1 s'; begin
      while clock_timestamp() < till loop ${work} end loop; ${end} end $$`)
  const numbers = forASecond(`perform setval('events_id_seq', 1000); perform nextval('events_id_seq');`)
  const writes = forASecond(
    `insert into events select * from events where false;
    select greatest(highest, max(objid::bigint)) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'
      into highest;
    commit;`,
    `if highest not in (1000, 1001) then raise 'it said %', highest; end if;`,
  )
  await sql`select setval('events_id_seq', 1000)`.execute(one.db)

  await Promise.all([numbers.execute(one.db), writes.execute(other.db)])
})

it('what a digest has heard of ends before a change that is not committed yet', async () => {
  const change = { account: 1, attribute: 'owner', from: 0 }
  await recordAttributeChanges(other.db, [change])
  const end = await begun(one.db, db => recordAttributeChanges(db, [change]))
  await recordAttributeChanges(other.db, [change])

  expect(await newestAttributeChange(other.db)).toBe(1)
  await end('well')
  expect(await newestAttributeChange(other.db)).toBe(3)
  expect(await settledUpTo(other.db, 'status_changes')).toBe(0)
})
