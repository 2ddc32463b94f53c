import { type AttributeValue, valueAt } from '../accounts/account.ts'
import type { Instant } from '../time/instant.ts'

/** An attribute's value at an instant, since when, and its value at the start of the period if that was different. */
export type AttributeFact = {
  readonly name: string
  readonly value: string
  readonly since: Instant
  readonly was?: string
}

export type Period = { readonly since: Instant; readonly until: Instant }

export function attributeFactOrNone(
  name: string,
  values: readonly AttributeValue[],
  { since, until }: Period,
): AttributeFact | undefined {
  const now = valueAt(values, until)
  if (now?.value === undefined) return undefined
  const was = valueAt(values, since)?.value
  return { name, value: now.value, since: now.from, ...(was !== undefined && was !== now.value && { was }) }
}

/** Names of attributes that tell of people, and of what was bought; each company calls them its own way. */
const OF_PEOPLE = /sponsor|champion|contact|stakeholder|decision|buyer|executive|success_?manager|csm/i
const OF_MONEY = /plan|tier|contract|invoice|billing|payment|seat|licen[cs]e|mrr|price|discount|term|product|package/i

/** Those that have a place of their own. */
const KNOWN = ['owner', 'segment', 'arr', 'currency', 'renewal_on', 'created_on', 'lifecycle', 'domain', 'name', 'id']

const MOST = 8

/** Which of an account's attributes go under people, and which under money; what the model asks about counts as money. */
export function sortedAttributes(names: readonly string[], asked: readonly string[]) {
  const free = names.filter(name => !KNOWN.includes(name))
  const people = free.filter(name => OF_PEOPLE.test(name))
  const money = free.filter(name => !people.includes(name) && (asked.includes(name) || OF_MONEY.test(name)))
  return { people: people.slice(0, MOST), money: money.slice(0, MOST) }
}
