import type { History } from '../scoring/readings/window.ts'
import type { Instant } from '../time/instant.ts'

/** A customer company. Everything but its id and name is an attribute with a history of its own. */
export type Account = { readonly id: string; readonly name: string }

/** Everything scoring may know about one account. */
export type ObservedAccount = {
  readonly history: History
  /** The value it had at an instant; before its first known value, that first value. */
  attribute(name: string, at: Instant): string | undefined
}

/** A value from an instant on, which is also when it was recorded; undefined where it was cleared. */
export type AttributeValue = { readonly from: Instant; readonly value: string | undefined }

/**
 * The attribute lookup over each attribute's values, oldest first. Only what was recorded by `knownAt` counts; of that
 * the value that holds from last, and before the first the first.
 */
export function attributesOf(
  values: ReadonlyMap<string, readonly AttributeValue[]>,
  knownAt: Instant = Infinity,
): ObservedAccount['attribute'] {
  return (name, at) => {
    const all = values.get(name) ?? []
    const known = knownAt === Infinity ? all : all.filter(({ from }) => from <= knownAt)
    return valueAt(known, at)?.value
  }
}

/** Which of these values, oldest first, held at an instant; before the first, the first. */
export function valueAt<Value extends Pick<AttributeValue, 'from'>>(
  values: readonly Value[],
  at: Instant,
): Value | undefined {
  const newest = values.at(-1)
  if (newest === undefined || newest.from <= at) return newest
  return values.findLast(({ from }) => from <= at) ?? values[0]
}
