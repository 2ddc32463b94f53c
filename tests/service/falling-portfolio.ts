import { randomUUID } from 'node:crypto'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { checkModel } from '../../src/model/load.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

/** Only kinds that go to the channels of their route. */
export const FALLING_MODEL = `${SMALL_MODEL}alerts: [{kind: at_risk}, {kind: sharp_drop}]\n`

/** Well until yesterday, at risk since an hour ago: scored then, and announced by nobody yet. `still` more stay well; each is of a segment, by room. */
export async function portfolioFalls(connection: Connection, falling: number, still: number, rooms: number) {
  const { model } = checkModel(FALLING_MODEL)
  if (model === undefined) throw new Error('the model is valid')
  const now = Date.now()
  const count = falling + still
  await saveAccounts(
    connection.db,
    Array.from({ length: count }, (_, at) => ({
      id: `account-${at}`,
      name: customer(at),
      attributes: new Map([['segment', `${at % rooms}`]]),
    })),
    now - 50 * DAY,
  )
  const readings = (accounts: number, values: Record<string, number>, observedAt: number) =>
    Array.from({ length: accounts }, (_, at) =>
      Object.entries(values).map(([metric, value]) => {
        return { account: at + 1, metric, value, observedAt, receivedAt: observedAt, id: '', source: 'test' }
      }),
    ).flat()
  const run = { model, newId: randomUUID, accounts: 'all', purpose: 'slot' } as const
  await addSignals(connection, readings(count, { seats: 40, active_users: 40, nps: 100, csm_pulse: 5 }, now - 40 * DAY))
  await scoreAccounts(connection, { ...run, at: now - 30 * HOUR })
  await addSignals(connection, readings(falling, { active_users: 1, nps: -100 }, now - 5 * HOUR))
  await scoreAccounts(connection, { ...run, at: now - HOUR })
}

export const customer = (at: number) => `Customer ${String(at).padStart(3, '0')}`
