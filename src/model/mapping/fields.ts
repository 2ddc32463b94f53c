import type { Mapping } from './mapping.ts'
import type { AccountRef, Value } from './value.ts'

/** What a field holds: a text, a number, a time, or a day. */
export type FieldKind = 'text' | 'number' | 'time' | 'day'

type Block = 'accounts' | 'people' | 'signals' | 'comments' | 'outcomes'

/** The fields of each kind of row, with what they hold; those with ! must be there. */
export const FIELDS: Readonly<Record<Block, Readonly<Record<string, `${FieldKind}${'!' | ''}`>>>> = {
  accounts: {
    ...{ id: 'text!', name: 'text!', segment: 'text', owner: 'text', arr: 'number', renewal_on: 'day' },
    ...{ created_on: 'day', lifecycle: 'text', domain: 'text' },
  },
  people: { email: 'text!', name: 'text', role: 'text', manager: 'text', time_zone: 'text' },
  signals: { metric: 'text!', value: 'number!', at: 'time!', id: 'text', of: 'text!' },
  comments: { text: 'text!', at: 'time!', author: 'text', id: 'text', sentiment: 'number' },
  outcomes: { outcome: 'text!', on: 'day!', arr: 'number', reason: 'text', note: 'text' },
}

/** A column that a mapping reads, what for, and whether a row is nothing without it. */
export type Use = {
  readonly value: Value
  readonly kind: FieldKind
  readonly isNeeded: boolean
  readonly field: string
}

/** Everything that a mapping reads, in its order. */
export function usesOf(mapping: Mapping): Use[] {
  const blocks = Object.keys(FIELDS) as Block[]
  return blocks.flatMap(block => [mapping[block] ?? []].flat().flatMap(entry => usesIn(block, entry as Entry)))
}

type Entry = Readonly<Record<string, unknown>>

function usesIn(block: Block, entry: Entry): Use[] {
  const fields = Object.entries(FIELDS[block]).flatMap(([field, told]): Use[] => {
    const value = entry[field]
    if (!isValue(value)) return []
    return [{ value, field, isNeeded: told.endsWith('!'), kind: kindOf(value, told.replace('!', '') as FieldKind) }]
  })
  const attributes = Object.entries((entry.attributes ?? {}) as Record<string, Value>).map(
    ([field, value]): Use => ({ value, field, isNeeded: false, kind: kindOf(value, 'text') }),
  )
  const metrics = Object.entries((entry.metrics ?? {}) as Record<string, string>).map(
    ([column, field]): Use => ({ value: { column: [column] }, field, isNeeded: false, kind: 'number' }),
  )
  const refs = ((entry.account ?? []) as readonly AccountRef[]).map(
    (value): Use => ({ value, field: 'account', isNeeded: (entry.account as unknown[]).length === 1, kind: 'text' }),
  )
  return [...fields, ...attributes, ...metrics, ...refs]
}

function kindOf({ date, decimal, days_past }: Value, otherwise: FieldKind): FieldKind {
  if (days_past === true) return 'time'
  if (decimal !== undefined) return 'number'
  return date !== undefined && otherwise === 'text' ? 'day' : otherwise
}

function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && 'column' in value
}
