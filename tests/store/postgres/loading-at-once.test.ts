import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../../src/domain/time/instant.ts'
import { addCounts } from '../../../src/store/counts.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { type NewSignal, saveSignals } from '../../../src/store/sources/signals.ts'
import { createPostgres } from '../../support/test-database.ts'

const MIDNIGHT = Date.UTC(2026, 0, 1)

/** Two processes that load at the same time. */
let one: Connection
let other: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  remove = database.remove
  ;[one, other] = [openDatabase(database.url), openDatabase(database.url)]
})
afterEach(async () => {
  await one.close()
  await other.close()
  await remove()
})

const signals = fc.array(
  fc
    .record({ account: fc.integer({ min: 1, max: 3 }), day: fc.integer({ min: 0, max: 20 }), value: fc.nat(2) })
    .map(({ account, day, value }): NewSignal => {
      const at = MIDNIGHT + day * DAY
      return { account, metric: 'logins', observedAt: at, receivedAt: at, value, id: '', source: 'crm' }
    }),
  { minLength: 1, maxLength: 40 },
)
const batches = fc.array(signals, { minLength: 1, maxLength: 6 })

describe('two processes that load the same weeks at once', () => {
  it('lose nothing, count nothing twice, and keep what each correction replaced', async () => {
    await fc.assert(
      fc.asyncProperty(batches, batches, async (ofOne, ofOther) => {
        for (const table of ['signals', 'signal_versions', 'series'] as const) await one.db.deleteFrom(table).execute()

        const [counts, others] = await Promise.all([load(one, ofOne), load(other, ofOther)])
        addCounts(counts, others)

        const sent = [...ofOne, ...ofOther].flat()
        const days = new Set(sent.map(({ account, observedAt }) => `${account} ${observedAt}`))
        expect(counts.added).toBe(days.size)
        expect(counts.added + counts.changed + counts.unchanged).toBe(sent.length)
        expect(await stored()).toEqual({ signals: days.size, versions: counts.changed })
      }),
      { numRuns: 10 },
    )
  })
})

async function load(connection: Connection, batches: readonly NewSignal[][]) {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  for (const batch of batches) addCounts(counts, await saveSignals(connection, batch))
  return counts
}

async function stored() {
  const { rows } = await sql`select (select count(*) from signals)::int as signals,
    (select count(*) from signal_versions)::int as versions`.execute(one.db)
  return rows[0]
}
