import fc from 'fast-check'
import { describe, it } from 'vitest'
import { accountHealthDocument } from '../../src/documents/account-health.ts'
import { checkAccount } from '../../src/work/accounts/check-account.ts'
import { TODAY, world } from '../support/model-arbitrary-signals.ts'
import { oracleDocument } from '../support/oracle.ts'
import { DAY, type OracleWorld } from '../support/oracle-model.ts'
import { compiled, expectSame, inDatabase, isoOrNull, runs } from '../support/world-of-scores.ts'

const instants = fc.constantFrom(TODAY, TODAY, TODAY - DAY / 2, TODAY - 3 * DAY, TODAY + DAY)

describe('the score of any account under any model', () => {
  it('is what a naive reading of docs/model.md makes of it, in every part', async () => {
    await fc.assert(
      fc.asyncProperty(world, instants, async (any, t) => {
        const model = compiled(any.model)
        await inDatabase([any], async (connection, [account]) => {
          if (account === undefined) throw new Error('no account')
          const checked = await checkAccount(connection, model, account, t)
          const { model: _, chance: __, chance_reason: ___, ...document } = accountHealthDocument(model, checked, {})
          expectSame(document, expected(any, t))
        })
      }),
      runs(100),
    )
  })
})

function expected(any: OracleWorld, t: number) {
  const document = oracleDocument(any, t)
  return {
    ...document,
    as_of: isoOrNull(t),
    components: document.components.map(component => ({
      ...component,
      measures: component.measures.map(measure => ({ ...measure, newest: isoOrNull(measure.newest) })),
    })),
  }
}
