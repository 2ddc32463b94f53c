import { DAY, type Instant, startOfDay } from '../../domain/time/instant.ts'
import { type Finding, finding } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'
import type { LintFacts } from './lint-facts.ts'
import { isReviewDue, QUARTER } from './review.ts'

const REMEDY =
  'Compare the model with what has happened since, change what was misleading, and write the day to reviewed_on.'

/** A model is held against reality every quarter. */
export function reviewWarnings({ reviewed_on }: ModelFile, now: Instant, facts?: LintFacts): Finding[] {
  const path = ['reviewed_on']
  if (reviewed_on !== undefined) {
    if (!isReviewDue(reviewed_on, now)) return []
    const days = Math.floor((now - (startOfDay(reviewed_on) ?? now)) / DAY)
    return [finding(path, `The last review is ${days} days old, more than a quarter.`, REMEDY)]
  }
  if (facts === undefined || facts.days * DAY <= QUARTER) return []
  return [finding(path, `The model has scored for ${facts.days} days and has never been reviewed.`, REMEDY)]
}
