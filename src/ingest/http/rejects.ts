import { capitalized } from '../../domain/capitalized.ts'
import type { Refusal } from '../cells/values.ts'
import type { Note } from '../files/notes.ts'
import type { FieldGuide } from './fields.ts'
import type { SentRow } from './sent-row.ts'

/** A row that was left out: `index` counts the rows from 0, `row` from 1, and lines where the body is NDJSON. */
export type Rejected = {
  readonly index: number
  readonly row: number
  readonly reason: string
  readonly problems: readonly Problem[]
  /** Where the row was given one. */
  readonly id?: string
}

/** `field` is null where it is the row as a whole. */
export type Problem = { readonly field: string | null; readonly problem: string; readonly remedy: string }

/** The problems of a row; none if it can be taken. */
export type RowCheck = (value: unknown) => readonly Refusal[]

const MOST_REJECTS = 1_000

export type RejectList = {
  add(sent: SentRow, refusal: Refusal, check?: RowCheck, id?: string): void
  count(): number
  listed(): readonly Rejected[]
  notes(): Note[]
}

/** Keeps the first 1,000 rejects with every reason, and counts the others. */
export function rejectList(guide: FieldGuide): RejectList {
  const listed: Rejected[] = []
  let count = 0
  return {
    add({ index, row, sent }, refusal, check = () => [], id) {
      count += 1
      if (listed.length === MOST_REJECTS) return
      const value = 'value' in sent ? sent.value : undefined
      const reasons = everyReason(guide, value, refusal, check)
      const problems = reasons.map(({ reason: _, ...problem }) => problem)
      listed.push({ index, row, reason: reasons.map(({ reason }) => reason).join('; '), problems, ...(id && { id }) })
    },
    count: () => count,
    listed: () => listed,
    notes: () => (count > listed.length ? [cutNote(count)] : []),
  }
}

function cutNote(count: number): Note {
  const text = `The first ${MOST_REJECTS.toLocaleString('en')} of ${count.toLocaleString('en')} rejects are listed.`
  return { kind: 'rejects_cut', text, count: count - MOST_REJECTS, example: '' }
}

/** Replaces each wrong field by its example in turn until nothing is wrong, so that all problems are reported at once. */
function everyReason(guide: FieldGuide, value: unknown, refusal: Refusal, check: RowCheck): Reason[] {
  const found: Reason[] = []
  let [fixed, fresh] = [value, reasonsIn(guide, [refusal], value)]
  while (fresh.length > 0) {
    found.push(...fresh)
    if (!isObject(fixed)) break
    const examples = fresh.flatMap(({ field }) => (field === null ? [] : [[field, guide[field]?.example ?? null]]))
    fixed = { ...fixed, ...Object.fromEntries(examples) }
    fresh = reasonsIn(guide, check(fixed), fixed).filter(({ field }) => !found.some(known => known.field === field))
  }
  return found
}

type Reason = Problem & { readonly reason: string }

/** After the semicolon a reason says what to do; otherwise the field's description does. */
function reasonsIn(guide: FieldGuide, refusals: readonly Refusal[], value: unknown): Reason[] {
  return refusals.map(({ reason }) => {
    const [, problem = reason, remedy] = /^(.*?); ([^;]+)$/s.exec(reason) ?? []
    const field = fieldIn(guide, problem, value)
    const allowed = guide[field ?? '']?.remedy ?? 'Fix the row and send it again.'
    return { reason, field, problem, remedy: remedy === undefined ? allowed : sentence(remedy) }
  })
}

function sentence(text: string): string {
  return `${capitalized(text)}.`
}

/** The field that a reason begins with. */
function fieldIn(guide: FieldGuide, reason: string, value: unknown): string | null {
  if (reason.startsWith('no account ') && 'account_id' in guide) return 'account_id'
  const fields = [...Object.keys(guide), ...(isObject(value) ? Object.keys(value) : [])]
  return fields.filter(field => reason.startsWith(`${field} `)).sort((a, b) => b.length - a.length)[0] ?? null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
