import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SourceFact } from '../../src/domain/sources/source-fact.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { receiveEvents } from '../../src/ingest/sources/receive-events.ts'
import type { SourceEvent } from '../../src/ingest/sources/source.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { migratedDatabase } from '../support/migrated.ts'

const NOW = Date.UTC(2026, 10, 20, 12)
const hours = fc.integer({ min: 0, max: 20 * 24 }).map(hours => NOW - hours * HOUR)
const thing = fc.constantFrom('1', '2', '3')

const ticket = fc.record({
  at: hours,
  of: fc.constant('ticket' as const),
  id: thing,
  is: fc.constantFrom('answered' as const, 'solved' as const, 'reopened' as const, 'escalated' as const),
})
const opened = thing.map(id => ({
  at: NOW - (20 + Number(id)) * DAY,
  of: 'ticket' as const,
  id,
  is: 'opened' as const,
}))
const subscription = fc.record({
  at: hours,
  of: fc.constant('subscription' as const),
  id: thing,
  is: fc.constantFrom('active' as const, 'ended' as const),
  mrr: fc.integer({ min: 0, max: 500 }),
})
const invoice = fc.record({
  at: hours,
  of: fc.constant('invoice' as const),
  id: thing,
  is: fc.constantFrom('open' as const, 'closed' as const),
  dueAt: hours,
})

const told = (fact: fc.Arbitrary<SourceFact>) =>
  fc
    .array(fact, { minLength: 1, maxLength: 12 })
    .map(facts => facts.map((fact): SourceEvent => ({ id: JSON.stringify(fact), external: 'cus_1', fact })))

/** The signals of an account that learns of all this, some requests at a time. */
async function signalsAfter(requests: readonly (readonly SourceEvent[])[]) {
  const connection = await migratedDatabase()
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map([['stripe_id', 'cus_1']]) }], NOW)
  for (const events of requests) await receiveEvents(connection, 'stripe', events, NOW)
  const signals = await connection.engine.signals.read(connection.db, 1, NOW)
  await connection.close()
  return signals.map(({ metric, value, observedAt, id }) => `${metric} ${observedAt} ${id} ${value}`).sort()
}

const oneByOne = (events: readonly SourceEvent[]) => events.map(event => [event])

describe('whatever a source tells', () => {
  it('of tickets and subscriptions, in any order and any number of times, ends in the same signals', async () => {
    await fc.assert(
      fc.asyncProperty(
        told(fc.oneof(ticket, opened, subscription)),
        fc.infiniteStream(fc.nat()),
        async (events, dice) => {
          const shuffled = [...events, ...events].map(event => ({ event, at: dice.next().value ?? 0 }))
          const others = shuffled.sort((a, b) => a.at - b.at).map(({ event }) => event)

          expect(await signalsAfter(oneByOne(others))).toEqual(await signalsAfter([events]))
        },
      ),
      { numRuns: 15 },
    )
  })

  it('of invoices, every signal is right once all was told, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(told(invoice), async events => {
        const [forward, backward] = [
          await signalsAfter(oneByOne(events)),
          await signalsAfter(oneByOne(events.toReversed())),
        ]
        const place = (signal: string) => signal.split(' ').slice(0, 2).join(' ')
        const there = new Map(backward.map(signal => [place(signal), signal]))

        expect(forward.filter(signal => (there.get(place(signal)) ?? signal) !== signal)).toEqual([])
        expect(await signalsAfter([events])).toEqual(await signalsAfter([events, events]))
      }),
      { numRuns: 15 },
    )
  })
})

it('events of an account that is not there yet wait, and count once it is', async () => {
  const connection = await migratedDatabase()
  const fact = { at: NOW, of: 'ticket', id: '1', is: 'opened' } as const
  await receiveEvents(connection, 'zendesk', [{ id: 'a', reference: 'acme', fact }], NOW)
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], NOW)

  await receiveEvents(connection, 'zendesk', [{ id: 'a', reference: 'acme', fact }], NOW)
  const { placeWaiting } = await import('../../src/ingest/sources/place-waiting.ts')
  await placeWaiting(connection, 'zendesk', NOW)

  expect((await connection.engine.signals.read(connection.db, 1, NOW)).map(({ metric }) => metric).sort()).toEqual([
    'tickets_open',
    'tickets_opened',
  ])
  await connection.close()
})
