import type { Model } from '../../src/domain/model/model.ts'
import { seeded } from '../../src/domain/outcomes/calibration/seeded.ts'
import type { Outcome, OutcomeKind } from '../../src/domain/outcomes/outcome.ts'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import { checkModel } from '../../src/model/load.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { findAccountKeys } from '../../src/store/accounts/find-accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { saveOutcomes } from '../../src/store/outcomes/outcomes.ts'
import { addSignals } from '../../src/store/sources/signals.ts'

export const NOW = Date.UTC(2026, 10, 1)
export const SCORING = { schedule: '0 6 * * *', time_zone: 'UTC' }

/** Two components whose measures are their readings; a cap and an attribute that a leak could come through. */
export const OUTCOME_MODEL = `
name: outcomes
components:
  - {id: use, label: Use, weight: 60, measures: [{id: use, metric: use, take: latest, over: 60d, scale: {0: 0, 100: 100}}]}
  - id: voice
    label: Voice
    weight: 40
    measures:
      - {id: voice, metric: voice, take: latest, over: 60d, scale: {0: 0, 100: 100}}
      - {id: plan, from: attribute, attribute: plan_value, weight: 0.001, scale: {0: 0, 100: 100}}
      - {id: pulse, metric: csm_pulse, take: latest, over: 60d, weight: 0.001, scale: {1: 0, 5: 100}}
caps:
  - {when: {attribute: sponsor, is: gone}, at_most: 20, because: No sponsor}
bands:
  - {id: at_risk, label: At risk, role: at_risk, from: 0}
  - {id: attention, label: Needs attention, role: attention, from: 40}
  - {id: healthy, label: Healthy, role: healthy, from: 70}
`

export function modelOf(text: string): Model {
  const { model, errors } = checkModel(text)
  if (model === undefined) throw new Error(JSON.stringify(errors))
  return model
}

/** One account of a made-up company: what it scored 90 days before, and what became of it. */
export type Simulated = { readonly use: number; readonly voice: number; readonly kind: OutcomeKind }

/** Accounts whose outcome follows the score: `chanceOf` gives how likely one of that score churns. */
export function simulate(count: number, chanceOf: (score: number) => number, seed = 1): Simulated[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const [use, voice] = [random() * 100, random() * 100]
    return { use, voice, kind: random() < chanceOf(0.6 * use + 0.4 * voice) ? 'churned' : 'renewed' }
  })
}

/** Puts them into the database: signals every 30 days and yesterday, received as they happened, and an outcome each. */
export async function fill(connection: Connection, accounts: readonly Simulated[]): Promise<void> {
  const { db } = connection
  const ids = accounts.map((_, at) => `a${at}`)
  await saveAccounts(
    db,
    ids.map(id => ({ id, name: id, attributes: new Map() })),
    NOW - 700 * DAY,
  )
  const keys = await findAccountKeys(db)
  const outcomes: Outcome[] = []
  const signals = accounts.flatMap(({ use, voice, kind }, at) => {
    const account = keys.get(ids[at] ?? '') ?? 0
    const on = NOW - (5 + (at % 300)) * DAY
    outcomes.push({ account, kind, on: dayOf(on), source: 'test', recordedAt: on })
    const days = [170, 140, 110, 91, 61, 31].map(before => on - before * DAY)
    return [...days, NOW - DAY].flatMap(observedAt =>
      Object.entries({ use, voice }).map(([metric, value]) => {
        return { account, metric, value, observedAt, receivedAt: observedAt, id: '' }
      }),
    )
  })
  for (let from = 0; from < signals.length; from += 5_000)
    await addSignals(connection, signals.slice(from, from + 5_000))
  await saveOutcomes(db, outcomes)
}
