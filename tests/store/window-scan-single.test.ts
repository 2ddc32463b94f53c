import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparedInstants } from '../../src/domain/scoring/health.ts'
import { readMeasure, windowsOf } from '../../src/domain/scoring/reading.ts'
import { allMeasures, assess } from '../../src/domain/scoring/score.ts'
import { observeAccount, observeAccounts } from '../../src/store/scoring/observations.ts'
import { rawModel } from '../support/model-arbitrary.ts'
import { attributes, signals, TODAY } from '../support/model-arbitrary-signals.ts'
import { DAY, type OracleWorld } from '../support/oracle-model.ts'
import { compiled, inDatabase, runs } from '../support/world-of-scores.ts'

/** Sums of these depend on the order in which they are added. */
const noisy = fc.constantFrom(0.1, 0.2, 0.3, 1e16, -1e16, 1 / 3, 7e-9)

const portfolio: fc.Arbitrary<readonly OracleWorld[]> = rawModel.chain(model =>
  fc.array(fc.record({ signals, attributes, scale: noisy }), { minLength: 1, maxLength: 4 }).map(list =>
    list.map(({ signals, attributes, scale }, i) => ({
      ...{ model, attributes, account: { id: `a${i}`, name: `Account ${i}` } },
      signals: signals.map((signal, at) => ({ ...signal, value: at % 3 === 0 ? signal.value + scale : signal.value })),
    })),
  ),
)

describe('one pass over the windows of many accounts', () => {
  it('reads each account to the last bit as its signals read one by one', async () => {
    await fc.assert(
      fc.asyncProperty(portfolio, fc.constantFrom(TODAY, TODAY - 2 * DAY), async (worlds, at) => {
        await inDatabase(worlds, async (connection, accounts) => {
          const model = compiled(worlds[0]?.model ?? expect.fail('no world'))
          const measures = allMeasures(model)
          const instants = [at, ...comparedInstants(model, at)]
          const windows = instants.flatMap(instant => measures.flatMap(measure => windowsOf(measure, instant)))
          const [first, last] = [accounts[0]?.key ?? 0, accounts.at(-1)?.key ?? 0]

          const observe = await observeAccounts(connection, { first, last }, windows, at)

          for (const { key } of accounts) {
            const single = await observeAccount(connection, key, at)
            await observe(key, bulk => {
              for (const window of windows) expect(bulk.history.summary(window)).toEqual(single.history.summary(window))
              // The day before was not foreseen.
              for (const instant of [...instants, at - DAY]) {
                for (const measure of measures) {
                  const { newest: _, ...reading } = readMeasure(measure, single, instant)
                  expect(readMeasure(measure, bulk, instant)).toEqual(reading)
                }
                expect(assess(model, bulk, instant).score).toEqual(assess(model, single, instant).score)
              }
            })
          }
        })
      }),
      runs(25),
    )
  })
})
