import type { Condition } from '../../domain/model/condition.ts'

/** The segments that a filter names; undefined for a filter that says more than that. */
export function segmentsOf(filter: Condition | undefined): readonly string[] | undefined {
  if (filter === undefined) return []
  if (!('subject' in filter) || filter.heldFor !== undefined) return undefined
  const { subject, comparison } = filter
  const isSegment = subject.of === 'attribute' && subject.name === 'segment'
  if (!isSegment || (comparison.by !== 'is' && comparison.by !== 'one_of')) return undefined
  const text = comparison.texts.join(', ')
  return String(listed(text)) === String(comparison.texts) && !comparison.texts.some(name => name.includes(','))
    ? comparison.texts
    : undefined
}

/** The filter that the field means; none for an empty field. */
export function segmentFilter(names: readonly string[]): object | undefined {
  return names.length === 0 ? undefined : { attribute: 'segment', one_of: names }
}

/** `enterprise, mid`, as typed where there is nothing to pick from. */
export function listed(field: string): string[] {
  return field.split(',').flatMap(name => name.trim() || [])
}
