import { type Day, type Instant, laterDay } from '../../domain/time/instant.ts'
import { attributeOfAll } from '../accounts/attribute-of-all.ts'
import type { Db } from '../tables.ts'

export type AttributesWanted = {
  /** In whatever case. */
  readonly segment?: string
  /** The renewal is within this many days from `today` on. */
  readonly renewal?: number
  readonly today: Day
}

/** The keys of the accounts with these attributes; undefined if no attribute is asked for. */
export async function accountsWith(
  db: Db,
  now: Instant,
  wanted: AttributesWanted,
): Promise<ReadonlySet<number> | undefined> {
  const { segment, renewal, today } = wanted
  const last = laterDay(today, renewal ?? 0)
  const parts = [
    ...(segment === undefined ? [] : [await keysWhere(db, now, 'segment', value => isSame(value, segment))]),
    ...(renewal === undefined ? [] : [await keysWhere(db, now, 'renewal_on', day => day >= today && day <= last)]),
  ]
  const [first, second] = parts
  return second === undefined ? first : new Set([...(first ?? [])].filter(key => second.has(key)))
}

/** The segments that accounts are in, as they are written. */
export async function listSegments(db: Db, now: Instant): Promise<string[]> {
  const known = await attributeOfAll(db, 'segment', now)
  return [...new Set([...known.values()].flatMap(({ value }) => (value?.trim() ? value.trim() : [])))].sort()
}

async function keysWhere(
  db: Db,
  now: Instant,
  attribute: string,
  isSo: (value: string) => boolean,
): Promise<Set<number>> {
  const known = await attributeOfAll(db, attribute, now)
  return new Set([...known].flatMap(([key, { value }]) => (value !== undefined && isSo(value) ? key : [])))
}

/** Written alike, but for the case. */
export function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}
