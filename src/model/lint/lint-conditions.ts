import type { Condition, Subject } from '../../domain/model/condition.ts'
import { nearestOf } from '../../nearest.ts'
import { type Finding, finding, type Path } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'

/** A condition of a model, and what it may ask; everything when `mayAsk` is left out. */
export type Place = { readonly when: Condition; readonly path: Path; readonly mayAsk?: readonly Subject['of'][] }

/** What a condition may name: a model's file has it, and so has the model made of it. */
export type Nameable = {
  readonly components: readonly { readonly id: string; readonly measures: readonly { readonly id: string }[] }[]
  readonly watch: readonly { readonly id: string }[]
  readonly bands: readonly { readonly id: string }[]
}

const BEFORE_THE_SCORE = ['attribute', 'days_until'] as const

/** Conditions about what does not exist, and circles: what helps to make the score may not ask about it. */
export function conditionErrors(file: ModelFile): Finding[] {
  return placesOf(file).flatMap(({ when, path, mayAsk }) =>
    clauseSubjects(when, path).flatMap(({ subject, path }) => {
      if (mayAsk !== undefined && !mayAsk.includes(subject.of)) {
        const problem = `A condition here helps to make the score, so it cannot ask about "${subject.of}": a circle.`
        return [finding(path, problem, `Ask about ${mayAsk.join(', ')} only.`)]
      }
      return unknownName(file, subject, path)
    }),
  )
}

/** Whether a condition of any file (a digest's filter, a route's `when`) names things that the model does not have. */
export function conditionNameErrors(file: Nameable, when: Condition, path: Path): Finding[] {
  return clauseSubjects(when, path).flatMap(({ subject, path }) => unknownName(file, subject, path))
}

/** Every condition of a model. */
function placesOf(file: ModelFile): Place[] {
  const applies = (measures: readonly { applies_when?: Condition | undefined }[], path: Path): Place[] =>
    measures.flatMap(({ applies_when }, index) =>
      applies_when === undefined
        ? []
        : [{ when: applies_when, path: [...path, index, 'applies_when'], mayAsk: BEFORE_THE_SCORE }],
    )
  return [
    ...file.components.flatMap(({ measures }, index) => applies(measures, ['components', index, 'measures'])),
    ...applies(file.watch, ['watch']),
    ...file.segments.map(
      ({ when }, index): Place => ({ when, path: ['segments', index, 'when'], mayAsk: BEFORE_THE_SCORE }),
    ),
    ...file.caps.map(
      ({ when }, index): Place => ({ when, path: ['caps', index, 'when'], mayAsk: [...BEFORE_THE_SCORE, 'measure'] }),
    ),
    ...(file.expansion === undefined ? [] : [{ when: file.expansion.when, path: ['expansion', 'when'] }]),
  ]
}

type Asked = { readonly subject: Subject & { readonly band?: string }; readonly path: Path }

/** What a condition asks about, clause by clause. */
export function clauseSubjects(when: Condition, path: Path): Asked[] {
  if ('all' in when) return when.all.flatMap((part, index) => clauseSubjects(part, [...path, 'all', index]))
  if ('any' in when) return when.any.flatMap((part, index) => clauseSubjects(part, [...path, 'any', index]))
  if ('not' in when) return clauseSubjects(when.not, [...path, 'not'])
  const { subject, comparison } = when
  if (subject.of === 'band' && 'texts' in comparison)
    return [{ subject: { ...subject, band: comparison.texts[0] ?? '' }, path }]
  return [{ subject, path }]
}

function unknownName(file: Nameable, subject: Asked['subject'], path: Path): Finding[] {
  const known: Record<string, readonly string[]> = {
    measure: [...file.components.flatMap(({ measures }) => measures), ...file.watch].map(({ id }) => id),
    component: file.components.map(({ id }) => id),
    band: file.bands.map(({ id }) => id),
  }
  const name = subject.of === 'band' ? subject.band : 'name' in subject ? subject.name : undefined
  const names = known[subject.of]
  if (name === undefined || names === undefined || names.includes(name)) return []
  const nearest = nearestOf(name, names)
  const meant = nearest === undefined ? '' : `Did you mean "${nearest}"? `
  return [finding(path, `There is no ${subject.of} "${name}".`, `${meant}Write one of ${names.join(', ')}.`)]
}
