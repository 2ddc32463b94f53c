import type { AlertKind } from '../alerts/alert-kind.ts'
import { isAbove, isAtLeast, isEqual, numberIn } from '../number.ts'
import { DAY, type Duration, type Instant, startOfDay } from '../time/instant.ts'

/** The one small language for segments, caps, expansion, filters: clauses joined by all, any and not. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Clause

export type Clause = {
  readonly subject: Subject
  readonly comparison: Comparison
  /** Whole days: true as of the instant and as of each of this many days before. */
  readonly heldFor?: Duration
}

export type Subject =
  | { readonly of: 'score' }
  | { readonly of: 'score_change'; readonly over: Duration }
  | { readonly of: 'measure' | 'component' | 'attribute' | 'days_until'; readonly name: string }
  | { readonly of: 'band' }
  | { readonly of: 'alert'; readonly kind: AlertKind }

export type Comparison =
  | { readonly by: 'at_least' | 'at_most' | 'above' | 'below'; readonly number: number }
  | { readonly by: 'is' | 'is_not' | 'one_of'; readonly texts: readonly string[] }

/** What may be asked about one account, as of any instant. */
export type Facts = {
  /** The shown score. */
  score(at: Instant): number | undefined
  /** The change of the shown score over a time until then; undefined where either end lacks the data for a verdict. */
  scoreChange(over: Duration, at: Instant): number | undefined
  /** The bare band. */
  band(at: Instant): string | undefined
  component(id: string, at: Instant): number | undefined
  measure(id: string, at: Instant): number | undefined
  attribute(name: string, at: Instant): string | undefined
  alertIsOpen(kind: AlertKind, at: Instant): boolean
}

/** Undefined is unknown: something that a clause asks about is missing. */
export type Truth = boolean | undefined

/** Whether a condition holds where it is used: there, unknown counts as false. */
export function holds(condition: Condition, facts: Facts, at: Instant): boolean {
  return truthOf(condition, facts, at) === true
}

export function truthOf(condition: Condition, facts: Facts, at: Instant): Truth {
  if ('all' in condition) return truthOfAll(condition.all, facts, at)
  if ('any' in condition) return truthOfAny(condition.any, facts, at)
  if ('not' in condition) return opposite(truthOf(condition.not, facts, at))
  const days = Math.floor((condition.heldFor ?? 0) / DAY)
  let truth: Truth = true
  for (let day = 0; day <= days && truth !== false; day += 1) {
    truth = both(truth, compare(subjectValue(condition, facts, at - day * DAY), condition))
  }
  return truth
}

/** False if any part is false, else unknown if any is unknown. Asks no further than it must. */
function truthOfAll(parts: readonly Condition[], facts: Facts, at: Instant): Truth {
  let truth: Truth = true
  for (const late of LATER) {
    for (const part of parts) {
      if (truth === false) return false
      if (looksBack(part) === late) truth = both(truth, truthOf(part, facts, at))
    }
  }
  return truth
}

/** True if any part is true, else unknown if any is unknown. */
function truthOfAny(parts: readonly Condition[], facts: Facts, at: Instant): Truth {
  let opposed: Truth = true
  for (const late of LATER) {
    for (const part of parts) {
      if (opposed === false) return true
      if (looksBack(part) === late) opposed = both(opposed, opposite(truthOf(part, facts, at)))
    }
  }
  return opposite(opposed)
}

/** What looks back comes last, since it costs an assessment for each instant; the order changes nothing else. */
const LATER = [false, true] as const

function looksBack(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(looksBack)
  if ('any' in condition) return condition.any.some(looksBack)
  if ('not' in condition) return looksBack(condition.not)
  return condition.heldFor !== undefined || condition.subject.of === 'score_change'
}

function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false
  return a === undefined || b === undefined ? undefined : true
}

function opposite(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth
}

function subjectValue({ subject }: Clause, facts: Facts, at: Instant): number | string | undefined {
  switch (subject.of) {
    case 'score':
      return facts.score(at)
    case 'score_change':
      return facts.scoreChange(subject.over, at)
    case 'measure':
      return facts.measure(subject.name, at)
    case 'component':
      return facts.component(subject.name, at)
    case 'attribute':
      return facts.attribute(subject.name, at)
    case 'days_until':
      return daysUntil(facts.attribute(subject.name, at), at)
    case 'band':
      return facts.band(at)
    case 'alert':
      return facts.alertIsOpen(subject.kind, at) ? 'open' : 'resolved'
  }
}

function compare(value: number | string | undefined, { comparison }: Clause): Truth {
  if (value === undefined) return undefined
  switch (comparison.by) {
    case 'is':
    case 'one_of':
      return isAnyText(value, comparison.texts)
    case 'is_not':
      return !isAnyText(value, comparison.texts)
  }
  const number = typeof value === 'number' ? value : numberIn(value)
  if (number === undefined) return undefined
  switch (comparison.by) {
    case 'at_least':
      return isAtLeast(number, comparison.number)
    case 'at_most':
      return isAtLeast(comparison.number, number)
    case 'above':
      return isAbove(number, comparison.number)
    case 'below':
      return isAbove(comparison.number, number)
  }
}

/** Texts are compared as written; a number that was reckoned is written as it would be without floating noise. */
function isAnyText(value: number | string, texts: readonly string[]): boolean {
  return typeof value === 'string' ? texts.includes(value) : texts.some(text => isWritten(value, text))
}

function isWritten(value: number, text: string): boolean {
  if (String(value) === text) return true
  const number = numberIn(text)
  return number !== undefined && String(number) === text && isEqual(value, number)
}

/** Negative when past. */
function daysUntil(date: string | undefined, at: Instant): number | undefined {
  const start = date === undefined ? undefined : startOfDay(date)
  return start === undefined ? undefined : (start - at) / DAY
}
