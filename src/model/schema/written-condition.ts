import type { Clause, Condition } from '../../domain/model/condition.ts'
import { DAY, type Duration } from '../../domain/time/instant.ts'

/** A condition as a file would write it: reading that gives the same condition again. */
export function writtenCondition(condition: Condition): object {
  if ('all' in condition) return { all: condition.all.map(writtenCondition) }
  if ('any' in condition) return { any: condition.any.map(writtenCondition) }
  if ('not' in condition) return { not: writtenCondition(condition.not) }
  const { subject, comparison, heldFor } = condition
  const held = heldFor === undefined ? {} : { held_for: `${heldFor / DAY}d` }
  if (subject.of === 'band') return { band: 'texts' in comparison ? comparison.texts[0] : '', ...held }
  return { ...writtenSubject(subject), ...writtenComparison(comparison), ...held }
}

function writtenSubject(subject: Exclude<Clause['subject'], { of: 'band' }>): object {
  switch (subject.of) {
    case 'score':
      return { score: true }
    case 'score_change':
      return { score_change: writtenDuration(subject.over) }
    case 'alert':
      return { alert: subject.kind }
    default:
      return { [subject.of]: subject.name }
  }
}

function writtenComparison(comparison: Clause['comparison']): object {
  if ('number' in comparison) return { [comparison.by]: comparison.number }
  return { [comparison.by]: comparison.by === 'one_of' ? comparison.texts : comparison.texts[0] }
}

function writtenDuration(length: Duration): string {
  return length % DAY === 0 ? `${length / DAY}d` : `${length / 1_000}s`
}
