import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHistory } from '../../src/store/scoring/history.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { rawModel } from '../support/model-arbitrary.ts'
import { attributes, signals, TODAY } from '../support/model-arbitrary-signals.ts'
import { scoreAsOf } from '../support/oracle-score.ts'
import { compiled, expectSame, inDatabase, runs, together } from '../support/world-of-scores.ts'

const portfolio = rawModel.chain(model =>
  fc
    .array(fc.record({ signals, attributes }), { minLength: 1, maxLength: 4 })
    .map(list => list.map((known, i) => ({ ...known, model, account: { id: `a${i}`, name: `Account ${i}` } })))
    .map(together),
)

describe('scoring a portfolio in one pass', () => {
  it('stores for each account what a naive reading of docs/model.md makes of it alone', async () => {
    await fc.assert(
      fc.asyncProperty(portfolio, async worlds => {
        await inDatabase(worlds, async (connection, accounts) => {
          const model = compiled(worlds[0]?.model ?? expect.fail('no world'))

          const run = { model, at: TODAY, newId: () => '1', accounts: 'all', purpose: 'now' } as const
          const { scored, transitions } = await scoreAccounts(connection, run)

          expect({ scored, transitions }).toEqual({ scored: worlds.length, transitions: [] })
          for (const [i, { key }] of accounts.entries()) {
            const { score, shown, band, bare, coverage } = scoreAsOf(worlds[i] ?? expect.fail('no world'), TODAY)
            const stored = { day: '2026-11-01', score, shown, band: band?.id ?? null, verdict: bare, coverage }
            expectSame(await readHistory(connection.db, key), [{ ...stored, model: model.version }])
          }
        })
      }),
      runs(25),
    )
  })
})
