import type { ObservedAccount } from '../accounts/account.ts'
import type { Model } from '../model/model.ts'
import { allMeasures } from '../scoring/compiled-model.ts'
import type { Reading } from '../scoring/readings/reading.ts'
import { type Assessment, assess } from '../scoring/score.ts'
import type { Instant } from '../time/instant.ts'
import { type Lever, readingAt } from './lever.ts'

/** A lever, and the reading that it is supposed to have. */
export type Move = { readonly lever: Lever; readonly to: number }

/** What the scorer makes of an account with some readings changed. */
export type Suppose = (moves: readonly Move[]) => Assessment

export function supposing(model: Model, account: ObservedAccount, at: Instant): Suppose {
  const known = readingsOfMetrics(model, assess(model, account, at))
  return moves => {
    const moved = moves.flatMap(({ lever, to }) => lever.moves.map(id => [id, readingAt(lever, to)] as const))
    return assess(model, withAttributes(account, moves, at), at, new Map([...known, ...moved]))
  }
}

/** What no supposition changes is read once: hundreds of assessments are made of one instant. */
function readingsOfMetrics(model: Model, { readings }: Assessment): (readonly [string, Reading])[] {
  return allMeasures(model).flatMap(({ id, input }) => {
    const reading = readings().get(id)
    const isFixed = input.from === 'metric' && reading !== undefined && reading.state !== 'not_applicable'
    return isFixed ? [[id, reading] as const] : []
  })
}

/** Conditions that ask about a changed attribute see the change too. */
function withAttributes(account: ObservedAccount, moves: readonly Move[], at: Instant): ObservedAccount {
  const changed = moves.flatMap(({ lever: { measure }, to }) =>
    measure.input.from === 'attribute' ? [[measure.input.attribute, String(to)] as const] : [],
  )
  if (changed.length === 0) return account
  const values = new Map<string, string>(changed)
  return {
    ...account,
    attribute: (name, when) => (when === at ? values.get(name) : undefined) ?? account.attribute(name, when),
  }
}
