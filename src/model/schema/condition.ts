import * as z from 'zod'
import { ALERT_KINDS } from '../../domain/alerts/alert-kind.ts'
import type { Clause, Comparison, Condition, Subject } from '../../domain/model/condition.ts'
import { parseDuration } from './fields.ts'
import { type Path, refuse } from './finding.ts'

const SUBJECTS = ['score', 'score_change', 'measure', 'component', 'attribute', 'days_until', 'band', 'alert'] as const
const NUMBERS = ['at_least', 'at_most', 'above', 'below'] as const
const TEXTS = ['is', 'is_not', 'one_of'] as const

/** The keys of the condition language, so that a typo can name the nearest. */
export const CONDITION_KEYS: readonly string[] = ['all', 'any', 'not', 'held_for', ...SUBJECTS, ...NUMBERS, ...TEXTS]

const SHAPE = 'Write one subject and one comparison, such as {attribute: segment, is: enterprise}.'

/** A condition, checked by hand: a union's messages would name every form that it is not. */
export const condition = z.unknown().transform((value, context): Condition => {
  const parsed = parse(value, [], context)
  return parsed ?? z.NEVER
})

function parse(value: unknown, path: Path, context: z.RefinementCtx): Condition | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(context, 'This is not a valid condition.', SHAPE, path)
    return undefined
  }
  const entry = value as Record<string, unknown>
  const keys = Object.keys(entry)
  const joint = keys.find(key => key === 'all' || key === 'any' || key === 'not')
  if (joint === undefined) return parseClause(entry, path, context)
  if (keys.length > 1) {
    refuse(context, `"${joint}" must be alone in its group.`, `Put the other keys inside "${joint}".`, path)
    return undefined
  }
  if (joint === 'not') {
    const inner = parse(entry[joint], [...path, joint], context)
    return inner && { not: inner }
  }
  const parts = entry[joint]
  if (!Array.isArray(parts) || parts.length === 0) {
    refuse(context, `"${joint}" needs a list of conditions.`, `Write ${joint}: [ ... ].`, [...path, joint])
    return undefined
  }
  const parsed = parts.flatMap((part, index) => parse(part, [...path, joint, index], context) ?? [])
  return joint === 'all' ? { all: parsed } : { any: parsed }
}

function parseClause(entry: Record<string, unknown>, path: Path, context: z.RefinementCtx): Clause | undefined {
  const keys = Object.keys(entry)
  const unknown = keys.find(key => !CONDITION_KEYS.includes(key))
  const subjects = SUBJECTS.filter(key => key in entry)
  const [named] = subjects
  if (unknown !== undefined || named === undefined || subjects.length > 1) {
    const problem =
      unknown === undefined ? 'A clause has exactly one subject.' : `"${unknown}" is not a valid key of a condition.`
    refuse(context, problem, SHAPE, unknown === undefined ? path : [...path, unknown])
    return undefined
  }
  const subject = parseSubject(named, entry[named], path, context)
  const comparison = parseComparison(named, entry, path, context)
  const heldFor = parseHeldFor(entry.held_for, path, context)
  if (subject === undefined || comparison === undefined) return undefined
  return { subject, comparison, ...(heldFor !== undefined && { heldFor }) }
}

function parseSubject(
  named: (typeof SUBJECTS)[number],
  value: unknown,
  path: Path,
  context: z.RefinementCtx,
): Subject | undefined {
  const wrong = (remedy: string) => {
    refuse(context, `"${String(value)}" does not fit ${named}.`, remedy, [...path, named])
    return undefined
  }
  switch (named) {
    case 'score':
      return value === true ? { of: 'score' } : wrong('Write score: true.')
    case 'score_change': {
      const over = typeof value === 'string' ? parseDuration(value) : undefined
      return over === undefined ? wrong('Write a length of time, such as score_change: 30d.') : { of: named, over }
    }
    case 'alert': {
      const kind = ALERT_KINDS.find(kind => kind === value)
      return kind === undefined ? wrong(`Write one of ${ALERT_KINDS.join(', ')}.`) : { of: 'alert', kind }
    }
    default:
      if (typeof value !== 'string' || value === '') return wrong(`Write the name of the ${named}.`)
      return named === 'band' ? { of: 'band' } : { of: named, name: value }
  }
}

function parseComparison(
  named: (typeof SUBJECTS)[number],
  entry: Record<string, unknown>,
  path: Path,
  context: z.RefinementCtx,
): Comparison | undefined {
  const found = [...NUMBERS, ...TEXTS].filter(key => key in entry)
  if (named === 'band' && found.length === 0) return { by: 'is', texts: [String(entry.band)] }
  const [by] = found
  if (by === undefined || found.length > 1 || named === 'band') {
    const problem = named === 'band' ? 'A band is named, not compared.' : 'A clause has exactly one comparison.'
    refuse(context, problem, named === 'band' ? 'Write {band: healthy}.' : SHAPE, path)
    return undefined
  }
  const value = entry[by]
  const number = NUMBERS.find(key => key === by)
  if (number !== undefined && typeof value === 'number' && Number.isFinite(value)) return { by: number, number: value }
  const text = TEXTS.find(key => key === by)
  if (text === 'one_of' && Array.isArray(value) && value.length > 0) return { by: text, texts: value.map(String) }
  if (text !== undefined && text !== 'one_of' && isPlain(value)) return { by: text, texts: [String(value)] }
  const remedy =
    number === undefined ? (by === 'one_of' ? 'Write a list of values.' : 'Write one value.') : 'Write a number.'
  refuse(context, `"${by}" cannot compare with this.`, remedy, [...path, by])
  return undefined
}

function parseHeldFor(value: unknown, path: Path, context: z.RefinementCtx): number | undefined {
  if (value === undefined) return undefined
  const ms = typeof value === 'string' && /^\d+[dw]$/.test(value) ? parseDuration(value) : undefined
  if (ms === undefined) {
    refuse(context, 'A condition is held for whole days.', 'Write days or weeks, such as 14d.', [...path, 'held_for'])
  }
  return ms
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
