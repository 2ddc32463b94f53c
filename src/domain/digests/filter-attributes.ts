import type { Condition } from '../model/condition.ts'

/**
 * The attributes that a filter asks for. Undefined when it also asks for something else, or for earlier days: then time
 * alone moves accounts in and out of it.
 */
export function attributesOfFilter(filter: Condition): string[] | undefined {
  if ('not' in filter) return attributesOfFilter(filter.not)
  if ('all' in filter) return ofAll(filter.all)
  if ('any' in filter) return ofAll(filter.any)
  const { subject, heldFor } = filter
  return subject.of === 'attribute' && heldFor === undefined ? [subject.name] : undefined
}

function ofAll(parts: readonly Condition[]): string[] | undefined {
  const names = parts.map(attributesOfFilter)
  return names.includes(undefined) ? undefined : [...new Set(names.flatMap(of => of ?? []))]
}
