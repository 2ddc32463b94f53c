import type { Clause, Condition } from '../model/condition.ts'
import type { Measure, Model } from '../model/model.ts'
import { numberIn } from '../number.ts'

/** The numbers that a model's caps compare a measure's reading with, and its early conditions an attribute. */
export function thresholdsOf(model: Model, { input }: Measure, ids: readonly string[]): number[] {
  const early = [...model.segments, ...model.caps].map(({ when }) => when)
  const applies = [...model.components.flatMap(({ measures }) => measures), ...model.watch].flatMap(
    ({ appliesWhen }) => appliesWhen ?? [],
  )
  return [...early, ...applies].flatMap(clausesOf).flatMap(({ subject, comparison }) => {
    const isAsked =
      (subject.of === 'measure' && ids.includes(subject.name)) ||
      (subject.of === 'attribute' && input.from === 'attribute' && subject.name === input.attribute)
    if (!isAsked) return []
    return 'number' in comparison ? [comparison.number] : comparison.texts.flatMap(text => numberIn(text) ?? [])
  })
}

export function asksAbout(condition: Condition, measure: string): boolean {
  return clausesOf(condition).some(({ subject }) => subject.of === 'measure' && subject.name === measure)
}

function clausesOf(condition: Condition): Clause[] {
  if ('all' in condition) return condition.all.flatMap(clausesOf)
  if ('any' in condition) return condition.any.flatMap(clausesOf)
  return 'not' in condition ? clausesOf(condition.not) : [condition]
}
