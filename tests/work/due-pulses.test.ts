import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { readPortfolio } from '../../src/store/portfolio/portfolio.ts'
import { addPulse } from '../../src/store/pulses/pulses.ts'
import { accountsWithPulseDue } from '../../src/store/pulses/pulses-due.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { duePulses } from '../../src/work/pulses/due-pulses.ts'
import { migratedDatabase } from '../support/migrated.ts'

const NOW = Date.UTC(2026, 10, 2, 9)
const OWNER = 'dana@ours.example'
let connection: Connection

beforeEach(async () => {
  connection = await migratedDatabase()
})

afterEach(() => connection.close())

const daysAgo = fc.integer({ min: 0, max: 70 })
const history = fc.record({
  owned: daysAgo,
  rated: fc.uniqueArray(daysAgo, { maxLength: 3 }),
  standsFor: fc.integer({ min: 1, max: 60 }),
  isKept: fc.boolean(),
  events: fc.array(
    fc.record({
      metric: fc.constantFrom('meeting', 'complaint', 'escalations', 'active_users'),
      ago: daysAgo,
      value: fc.constantFrom(0, 1),
    }),
    { maxLength: 3 },
  ),
  renewal: fc.option(fc.integer({ min: -70, max: 30 }), { nil: undefined }),
})

it('the digest finds the same pulses due as the reminders do, owner by owner', async () => {
  const histories = fc.sample(history, { numRuns: 300, seed: 7 })
  for (const [at, { owned, renewal }] of histories.entries()) {
    const attributes = new Map<string, string | undefined>([['owner', at % 9 === 0 ? undefined : OWNER]])
    if (renewal !== undefined) attributes.set('renewal_on', dayOf(NOW + renewal * DAY))
    await saveAccounts(connection.db, [{ id: `a${at}`, name: `a${at}`, attributes }], NOW - owned * DAY)
  }
  const keys = await connection.db.selectFrom('accounts').select(['key', 'id']).execute()
  for (const { key, id } of keys) {
    const found = histories[Number(id.slice(1))]
    if (found === undefined) throw new Error(`no history of ${id}`)
    const signal = { account: key, id: '', source: 'test' }
    const seen = (metric: string, value: number, ago: number) => {
      const observedAt = NOW - ago * DAY - 1_000
      return { ...signal, metric, value, observedAt, receivedAt: observedAt }
    }
    await addSignals(connection, [
      ...found.events.map(({ metric, value, ago }) => seen(metric, value, ago)),
      ...found.rated.map(ago => seen('csm_pulse', 4, ago)),
    ])
    for (const ago of found.isKept ? found.rated : []) {
      const at = NOW - ago * DAY - 1_000
      const expiresAt = at + found.standsFor * DAY
      const pulse = {
        id: `${id}-${ago}`,
        account: key,
        at,
        by: OWNER,
        rating: 4,
        note: 'Fine.',
        reasons: [],
        expiresAt,
      }
      await addPulse(connection.db, pulse)
    }
  }
  const settings = loadSettings(undefined)
  const byOwner = await duePulses({ connection, settings }, OWNER, NOW)

  const due = await accountsWithPulseDue(connection.db, await readPortfolio(connection.db, NOW), 30 * DAY, NOW)

  expect(byOwner.length).toBeGreaterThan(50)
  expect(byOwner.length).toBeLessThan(250)
  expect([...due].sort((a, b) => a - b)).toEqual(byOwner.map(({ account }) => account.key).sort((a, b) => a - b))
})
