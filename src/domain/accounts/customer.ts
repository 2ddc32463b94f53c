import { type Condition, type Facts, truthOf } from '../model/condition.ts'
import type { Instant } from '../time/instant.ts'
import type { ObservedAccount } from './account.ts'

type Attribute = ObservedAccount['attribute']

/** Whether an account is a customer by its attributes. Only here, unknown counts as true. */
export function isCustomer(customers: Condition, attribute: Attribute, at: Instant): boolean {
  return truthOf(customers, factsOfAttributes(attribute), at) !== false
}

/** For conditions that ask only about attributes. */
export function factsOfAttributes(attribute: Attribute): Facts {
  return {
    attribute,
    score: () => undefined,
    scoreChange: () => undefined,
    band: () => undefined,
    component: () => undefined,
    measure: () => undefined,
    alertIsOpen: () => false,
  }
}

export function asksOnlyAttributes(condition: Condition): boolean {
  if ('all' in condition) return condition.all.every(asksOnlyAttributes)
  if ('any' in condition) return condition.any.every(asksOnlyAttributes)
  if ('not' in condition) return asksOnlyAttributes(condition.not)
  return condition.subject.of === 'attribute' || condition.subject.of === 'days_until'
}

/** The attributes that decide it. */
export function attributesAsked(customers: Condition): string[] {
  if ('all' in customers) return [...new Set(customers.all.flatMap(attributesAsked))]
  if ('any' in customers) return [...new Set(customers.any.flatMap(attributesAsked))]
  if ('not' in customers) return attributesAsked(customers.not)
  const { subject } = customers
  return subject.of === 'attribute' || subject.of === 'days_until' ? [subject.name] : []
}

/** Why an account is no longer a customer: "lifecycle is churned". */
export function whyRetired(customers: Condition, attribute: Attribute, at: Instant): string {
  return attributesAsked(customers)
    .flatMap(name => {
      const value = attribute(name, at)
      return value === undefined ? [] : [`${name} is ${value}`]
    })
    .join(', ')
}
