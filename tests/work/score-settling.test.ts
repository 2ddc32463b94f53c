import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { announcedStatusOf } from '../../src/store/digests/announced.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { courses, scorings } from '../support/model-arbitrary-settling.ts'
import type { OracleWorld } from '../support/oracle-model.ts'
import { type OracleVerdict, settleEach } from '../support/oracle-settling.ts'
import { compiled, inDatabase, runs } from '../support/world-of-scores.ts'

describe('scoring day by day, and sometimes in between', () => {
  it('tells what the definition of settling says, and every change once', async () => {
    await fc.assert(
      fc.asyncProperty(courses, scorings, async (worlds, times) => {
        await inDatabase(worlds, async (connection, accounts) => {
          const model = compiled(worlds[0]?.model ?? fail())
          let made = 0
          const newId = () => `${made++}`

          const news: unknown[] = []
          for (const { at, scheduled } of times) {
            const purpose = scheduled ? ('slot' as const) : ('now' as const)
            const run = { model, at, newId, accounts: 'all' as const, purpose }
            const { transitions } = await scoreAccounts(connection, run)
            news.push(...transitions.map(({ account, at, from, to }) => ({ account, at, from, to })))
          }

          const expected = worlds.map(world => settleEach(world, times))
          for (const [i, { key }] of accounts.entries()) {
            for (const { at, verdict, expansionReady } of expected[i] ?? []) {
              expect({ at, ...(await announcedStatusOf(connection.db, key, at)) }).toMatchObject({
                at,
                verdict,
                expansionReady,
              })
            }
          }
          expect(news.sort(byText)).toEqual(
            worlds.flatMap((world, i) => changes(world, expected[i] ?? [])).sort(byText),
          )
        })
      }),
      runs(12),
    )
  })
})

/** The first verdict is a silent baseline. */
function changes({ account }: OracleWorld, told: readonly OracleVerdict[]) {
  return told.slice(1).flatMap((now, i) => {
    const before = told[i] ?? now
    const say = (from: string, to: string) => (from === to ? [] : [{ account: account.id, at: now.at, from, to }])
    const flag = ({ expansionReady }: OracleVerdict) => (expansionReady ? 'ready' : 'not_ready')
    return [...say(before.verdict, now.verdict), ...say(flag(before), flag(now))]
  })
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

function fail(): never {
  throw new Error('no world')
}
