import type { Condition, Subject } from '../domain/condition.ts'
import { type Finding, finding, type Path } from './finding.ts'
import type { ModelFile } from './schema.ts'

/** What is wrong with a model whose form is right: each finding with its path, the reason and the remedy. */
export function lintErrors(file: ModelFile): Finding[] {
  return [
    ...doubledIds(file),
    ...bandErrors(file),
    ...segmentErrors(file),
    ...conditionErrors(file),
    ...playErrors(file),
  ]
}

function doubledIds(file: ModelFile): Finding[] {
  const measures = file.components.flatMap(({ measures }, at) =>
    measures.map(({ id }, index) => ({ id, path: ['components', at, 'measures', index, 'id'] })),
  )
  const watched = file.watch.map(({ id }, index) => ({ id, path: ['watch', index, 'id'] }))
  const others = (['components', 'bands', 'segments', 'playbooks'] as const).map(list =>
    file[list].map(({ id }, index) => ({ id, path: [list, index, 'id'] })),
  )
  return [[...measures, ...watched], ...others].flatMap(entries =>
    entries
      .filter(({ id }, index) => entries.findIndex(entry => entry.id === id) < index)
      .map(({ id, path }) => finding(path, `The id "${id}" is taken already.`, 'Give each its own id.')),
  )
}

/** Bands begin at 0 and rise, so that together they cover 0-100 without a gap or an overlap. */
function bandErrors(file: ModelFile): Finding[] {
  const segments = file.segments.map((segment, index) => ({
    path: ['segments', index, 'bands'],
    lines: file.bands.map(({ id, from }) => ({ id, from: segment.bands[id] ?? from })),
  }))
  return [{ path: ['bands'], lines: file.bands }, ...segments].flatMap(({ path, lines }) => {
    const [first] = lines
    const gap =
      first !== undefined && first.from !== 0
        ? [finding(path, `Scores from 0 to ${first.from} belong to no band.`, `Let "${first.id}" begin at 0.`)]
        : []
    const overlaps = lines.flatMap(({ id, from }, index) => {
      const before = lines[index - 1]
      if (before === undefined || from > before.from) return []
      const problem = `"${id}" begins at ${from}, not above "${before.id}" at ${before.from}: they overlap.`
      return [finding(path, problem, 'List the bands from the worst, each beginning above the one before.')]
    })
    return [...gap, ...overlaps]
  })
}

function segmentErrors(file: ModelFile): Finding[] {
  const known = { weights: file.components.map(({ id }) => id), bands: file.bands.map(({ id }) => id) }
  return file.segments.flatMap((segment, index) =>
    (['weights', 'bands'] as const).flatMap(key =>
      Object.keys(segment[key])
        .filter(id => !known[key].includes(id))
        .map(id =>
          finding(['segments', index, key, id], `There is no "${id}".`, `Write one of ${known[key].join(', ')}.`),
        ),
    ),
  )
}

type Place = { readonly when: Condition; readonly path: Path; readonly mayAsk?: readonly Subject['of'][] }

const BEFORE_THE_SCORE = ['attribute', 'days_until'] as const

/** Every condition of a model. Those that help to make the score may not ask about it: that would be a circle. */
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

function conditionErrors(file: ModelFile): Finding[] {
  return placesOf(file).flatMap(({ when, path, mayAsk }) =>
    clauseSubjects(when, path).flatMap(({ subject, path }) => {
      if (mayAsk !== undefined && !mayAsk.includes(subject.of)) {
        const problem = `A condition here helps to make the score, so it cannot ask about "${subject.of}".`
        return [finding(path, problem, `Ask about ${mayAsk.join(', ')} only.`)]
      }
      return unknownName(file, subject, path)
    }),
  )
}

/** Whether a condition of any file (a digest's filter too) names things that the model does not have. */
export function conditionNameErrors(file: ModelFile, when: Condition, path: Path): Finding[] {
  return clauseSubjects(when, path).flatMap(({ subject, path }) => unknownName(file, subject, path))
}

function clauseSubjects(when: Condition, path: Path): { subject: Subject & { band?: string }; path: Path }[] {
  if ('all' in when) return when.all.flatMap((part, index) => clauseSubjects(part, [...path, 'all', index]))
  if ('any' in when) return when.any.flatMap((part, index) => clauseSubjects(part, [...path, 'any', index]))
  if ('not' in when) return clauseSubjects(when.not, [...path, 'not'])
  const { subject, comparison } = when
  if (subject.of === 'band' && 'texts' in comparison)
    return [{ subject: { ...subject, band: comparison.texts[0] ?? '' }, path }]
  return [{ subject, path }]
}

function unknownName(file: ModelFile, subject: Subject & { band?: string }, path: Path): Finding[] {
  const known: Record<string, readonly string[]> = {
    measure: [...file.components.flatMap(({ measures }) => measures), ...file.watch].map(({ id }) => id),
    component: file.components.map(({ id }) => id),
    band: file.bands.map(({ id }) => id),
  }
  const name = subject.of === 'band' ? subject.band : 'name' in subject ? subject.name : undefined
  const names = known[subject.of]
  if (name === undefined || names === undefined || names.includes(name)) return []
  return [finding(path, `There is no ${subject.of} "${name}".`, `Write one of ${names.join(', ')}.`)]
}

function playErrors(file: ModelFile): Finding[] {
  return file.playbooks.flatMap(({ on }, index) => {
    const driver = 'driver' in on ? on.driver : undefined
    if (driver === undefined || file.components.some(({ id }) => id === driver)) return []
    const names = file.components.map(({ id }) => id).join(', ')
    return [
      finding(['playbooks', index, 'on', 'driver'], `There is no component "${driver}".`, `Write one of ${names}.`),
    ]
  })
}
