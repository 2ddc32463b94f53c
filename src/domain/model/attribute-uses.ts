import { attributesAsked } from '../accounts/customer.ts'
import { allMeasures } from '../scoring/compiled-model.ts'
import type { Model } from './model.ts'

/** The attributes that a model asks, with what rests on each. */
export function usesOf(model: Model): Map<string, string[]> {
  const uses = new Map<string, string[]>()
  const add = (name: string, use: string) => uses.set(name, [...(uses.get(name) ?? []), use])
  for (const { id, input, appliesWhen } of allMeasures(model)) {
    if (input.from === 'attribute') add(input.attribute, `measure ${id}`)
    for (const name of appliesWhen === undefined ? [] : attributesAsked(appliesWhen)) add(name, `measure ${id}`)
  }
  for (const { when, because } of model.caps) for (const name of attributesAsked(when)) add(name, `cap "${because}"`)
  for (const { id, when } of model.segments) for (const name of attributesAsked(when)) add(name, `segment ${id}`)
  return uses
}
