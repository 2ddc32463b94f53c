import { type AttributeValue, attributesOf, valueAt } from '../../domain/accounts/account.ts'
import { type Condition, type Facts, holds } from '../../domain/model/condition.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { type AttributeChange, attributesBefore } from '../../store/accounts/attribute-changes.ts'
import type { Known } from '../../store/accounts/attribute-of-all.ts'
import { readAttributes } from '../../store/scoring/attributes.ts'
import { slices } from '../../store/slices.ts'
import type { Db } from '../../store/tables.ts'

type Values = ReadonlyMap<string, readonly AttributeValue[]>

/** What is known of accounts as of an instant, by their keys. */
export type KnownAttributes = {
  valueOf(key: number, attribute: string): string | undefined
  ownersOf(keys: readonly number[]): Map<number, Known>
  /** Whether a filter that asks only about attributes includes an account. */
  isIn(filter: Condition | undefined, key: number): boolean
}

/** These attributes of these accounts, from the first day on. */
export async function readValues(
  db: Db,
  keys: readonly number[],
  names: readonly string[],
): Promise<Map<number, Values>> {
  const values = new Map<number, Values>()
  for (const part of slices(keys, 2_000)) {
    for (const [key, of] of await readAttributes(db, part, names)) values.set(key, of)
  }
  return values
}

/** Without what was changed since, where that is given. */
export function knownAttributes(
  values: ReadonlyMap<number, Values>,
  at: Instant,
  changes: ReadonlyMap<number, readonly AttributeChange[]> = new Map(),
): KnownAttributes {
  const of = (key: number) => attributesBefore(values.get(key) ?? new Map(), changes.get(key) ?? [])
  return {
    valueOf: (key, attribute) => attributesOf(of(key))(attribute, at),
    ownersOf: keys =>
      new Map(
        keys.flatMap(key => {
          const owner = valueAt(of(key).get('owner') ?? [], at)
          return owner === undefined ? [] : [[key, { value: owner.value, since: owner.from }] as const]
        }),
      ),
    isIn: (filter, key) => filter === undefined || holds(filter, { ...NOTHING, attribute: attributesOf(of(key)) }, at),
  }
}

const nothing = () => undefined

const NOTHING: Facts = {
  ...{ score: nothing, scoreChange: nothing, band: nothing, component: nothing, measure: nothing, attribute: nothing },
  alertIsOpen: () => false,
}
