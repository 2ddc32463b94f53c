import { describe, expect, it } from 'vitest'
import { readHistory } from '../../src/store/scoring/history.ts'
import { fillHistory } from '../../src/work/scoring/fill-history.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { onTheirDays } from '../support/on-their-days.ts'
import { DAY } from '../support/oracle-model.ts'
import { compiled, inDatabase } from '../support/world-of-scores.ts'
import { newestNumber, withNumbers } from '../support/world-of-scores-number.ts'

describe('filling days under a new model', () => {
  it('begins with a new baseline: at once to the band of that day', async () => {
    const acme = withNumbers(newestNumber(70), [[TODAY - DAY, 72]])
    await inDatabase([acme], async (connection, accounts) => {
      await fillHistory(connection, compiled(newestNumber(70)), onTheirDays([TODAY, TODAY + DAY]))
      await fillHistory(connection, compiled(newestNumber(80)), onTheirDays([TODAY + 2 * DAY, TODAY + 3 * DAY]))

      const verdicts = (await readHistory(connection.db, accounts[0]?.key ?? 0)).map(({ verdict }) => verdict)

      expect(verdicts).toEqual(['healthy', 'healthy', 'attention', 'attention'])
    })
  })
})
