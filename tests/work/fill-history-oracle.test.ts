import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { announcedStatusOf } from '../../src/store/digests/announced.ts'
import { readHistory } from '../../src/store/scoring/history.ts'
import { readTransitions } from '../../src/store/scoring/transitions.ts'
import { fillHistory } from '../../src/work/scoring/fill-history.ts'
import { courses, DAYS } from '../support/model-arbitrary-settling.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { onTheirDays } from '../support/on-their-days.ts'
import { DAY } from '../support/oracle-model.ts'
import { settleEach } from '../support/oracle-settling.ts'
import { compiled, inDatabase, runs } from '../support/world-of-scores.ts'

const days = Array.from({ length: DAYS }, (_, day) => ({ at: TODAY + day * DAY, scheduled: true }))

describe('filling past days', () => {
  it('settles them day by day as the definition says, in one go or in two, and raises nothing', async () => {
    await fc.assert(
      fc.asyncProperty(courses, fc.integer({ min: 0, max: DAYS }), async (worlds, first) => {
        await inDatabase(worlds, async (connection, accounts) => {
          const [world] = worlds
          if (world === undefined) throw new Error('no world')
          const instants = onTheirDays(days.map(({ at }) => at))

          const model = compiled(world.model)
          if (first > 0) await fillHistory(connection, model, instants.slice(0, first))
          if (first < DAYS) await fillHistory(connection, model, instants.slice(first))

          for (const [i, { key }] of accounts.entries()) {
            const told = settleEach(worlds[i] ?? world, days)
            const history = await readHistory(connection.db, key)
            expect(history.map(({ shown, verdict }) => ({ shown, verdict }))).toEqual(
              told.map(({ shown, verdict }) => ({ shown, verdict })),
            )
            for (const { at, verdict, expansionReady } of told) {
              expect(await announcedStatusOf(connection.db, key, at + DAY / 2)).toMatchObject({
                verdict,
                expansionReady,
              })
            }
          }
          expect(await readTransitions(connection.db, 0)).toEqual([])
        })
      }),
      runs(12),
    )
  })
})
