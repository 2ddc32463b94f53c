import { usesOf } from '../../model/attribute-uses.ts'
import type { Model } from '../../model/model.ts'
import type { Look } from '../look.ts'

/** An attribute that was mostly unknown at the cuts. */
export type RestingAttribute = {
  readonly name: string
  /** For how many outcomes it was known at the cut, and is known today. */
  readonly known: number
  readonly today: number
  /** What the model makes of it: `measure plan_value`, `cap No sponsor`, `segment enterprise`. */
  readonly restsOn: readonly string[]
}

type Case = { readonly known: Look; readonly today: Look }

/** The attributes that most outcomes know today and did not know then: what rests on them could not be checked. */
export function restingAttributes(model: Model, cases: readonly Case[]): RestingAttribute[] {
  return [...usesOf(model)].flatMap(([name, restsOn]) => {
    const count = (side: keyof Case) => cases.filter(one => one[side].attributes.includes(name)).length
    const [known, today] = [count('known'), count('today')]
    return today > 0 && known < today / 2 ? [{ name, known, today, restsOn }] : []
  })
}
