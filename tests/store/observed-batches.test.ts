import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allMeasures } from '../../src/domain/scoring/compiled-model.ts'
import { reachOf, reachOfCard } from '../../src/domain/scoring/reach.ts'
import { readMeasure } from '../../src/domain/scoring/readings/reading.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { observeAccount, observeAccounts } from '../../src/store/scoring/observations.ts'
import { coverageText } from '../../src/views/accounts/account-facts.ts'
import { whyText } from '../../src/views/scoring/why.ts'
import { checkAccount } from '../../src/work/accounts/check-account.ts'
import { rawModel } from '../support/model-arbitrary.ts'
import { attributes, signals, TODAY } from '../support/model-arbitrary-signals.ts'
import { DAY, type OracleWorld } from '../support/oracle-model.ts'
import { compiled, inDatabase, runs } from '../support/world-of-scores.ts'

/** Sums of these depend on the order in which they are added. */
const noisy = fc.constantFrom(0.1, 0.2, 0.3, 1e16, -1e16, 1 / 3, 7e-9)

/** Some signals lie years before the window that they are looked for in. */
const portfolio: fc.Arbitrary<readonly OracleWorld[]> = rawModel.chain(model =>
  fc
    .array(fc.record({ signals, attributes, scale: noisy, isOld: fc.boolean() }), { minLength: 1, maxLength: 4 })
    .map(list =>
      list.map(({ signals, attributes, scale, isOld }, i) => ({
        ...{ model, attributes, account: { id: `a${i}`, name: `Account ${i}` } },
        signals: signals.map((signal, at) => ({
          ...signal,
          observedAt: isOld && at % 2 === 0 ? signal.observedAt - 400 * DAY : signal.observedAt,
          value: at % 3 === 0 ? signal.value + scale : signal.value,
        })),
      })),
    ),
)

describe('one pass over many accounts', () => {
  it('reads each to the last bit as its signals read one by one, at every instant that is looked at', async () => {
    await fc.assert(
      fc.asyncProperty(
        portfolio,
        fc.constantFrom(TODAY, TODAY - 2 * DAY),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
        async (worlds, at, shares) => {
          await inDatabase(worlds, async (connection, accounts) => {
            const model = compiled(worlds[0]?.model ?? expect.fail('no world'))
            const reach = reachOf([model], at)
            const between = shares.map(share => Math.round(at - share * (at - reach.earliest)))

            for await (const { entries, observed } of observeAccounts(connection, accounts, reach)) {
              for (const entry of entries) {
                const single = await observeAccount(connection, entry.key, at)
                const bulk = observed(entry)
                for (const instant of [at, at - 30 * DAY, reach.earliest, ...between]) {
                  for (const measure of allMeasures(model)) {
                    const { newest: _, signals: __, ...reading } = readMeasure(measure, single, instant)
                    expect(readMeasure(measure, bulk, instant)).toMatchObject(reading)
                  }
                  expect(assess(model, bulk, instant).score).toEqual(assess(model, single, instant).score)
                }
              }
            }
          })
        },
      ),
      runs(25),
    )
  })

  it('refuses to look further back than was read', async () => {
    await fc.assert(
      fc.asyncProperty(portfolio, async worlds => {
        await inDatabase(worlds, async (connection, accounts) => {
          const model = compiled(worlds[0]?.model ?? expect.fail('no world'))
          const reach = reachOf([model], TODAY)

          for await (const { entries, observed } of observeAccounts(connection, accounts, reach)) {
            for (const entry of entries) expect(() => assess(model, observed(entry), reach.earliest - 1)).toThrow()
          }
        })
      }),
      runs(3),
    )
  })
})

describe('one account, as far back as its card looks', () => {
  it('reads as with all its signals, to the last bit and word', async () => {
    await fc.assert(
      fc.asyncProperty(
        portfolio,
        fc.constantFrom(TODAY, TODAY - 2 * DAY),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
        async (worlds, at, shares) => {
          await inDatabase(worlds, async (connection, accounts) => {
            const model = compiled(worlds[0]?.model ?? expect.fail('no world'))
            const reach = reachOfCard(model, at)
            const between = shares.map(share => Math.round(at - share * (at - reach.earliest)))

            for (const account of accounts) {
              const whole = await checkAccount(connection, model, account, at)
              const near = await checkAccount(connection, model, account, at, { reach })
              for (const instant of [at, at - 30 * DAY, at - 90 * DAY, reach.earliest, ...between]) {
                for (const measure of allMeasures(model)) {
                  const { signals: _, ...reading } = readMeasure(measure, whole.observed, instant)
                  expect(readMeasure(measure, near.observed, instant)).toMatchObject(reading)
                }
              }
              expect(said(near)).toEqual(said(whole))

              function said({ health, verdict, expansionReady }: typeof near) {
                const { trend, direction, fall, moves } = health
                const words = [whyText(model, health), coverageText(model, health)]
                return { verdict, expansionReady, trend, direction, fall, moves, words, score: health.now.score }
              }
            }
          })
        },
      ),
      runs(25),
    )
  })

  it('leaves out what lies before, but for the newest signal', async () => {
    await fc.assert(
      fc.asyncProperty(portfolio, async worlds => {
        await inDatabase(worlds, async (connection, accounts) => {
          const model = compiled(worlds[0]?.model ?? expect.fail('no world'))
          const reach = reachOfCard(model, TODAY)
          fc.pre(reach.from > -Infinity)

          for (const { key } of accounts) {
            const { columns } = (await observeAccount(connection, key, TODAY, { reach })).history
            for (const [series, first] of columns.starts.slice(0, -1).entries()) {
              const instants = [...columns.at.slice(first, columns.starts[series + 1])]
              const before = instants.filter(instant => instant < reach.from - 7 * DAY)
              expect(new Set(before).size).toBeLessThanOrEqual(1)
            }
          }
        })
      }),
      runs(10),
    )
  })
})
