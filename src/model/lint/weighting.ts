import { sumOf } from '../../domain/number.ts'
import type { Path } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'

type ComponentFile = ModelFile['components'][number]

/** The share of the weight, 0 to 1, that lies on the components for which this holds. */
export type Weighting = {
  readonly path: Path
  readonly share: (holds: (component: ComponentFile) => boolean) => number
}

/** The weights that accounts without a segment are scored by. */
export function usualWeighting(file: ModelFile): Weighting {
  return weightingOf(file, {}, ['components'])
}

/** Those, and the ones of each segment that has weights of its own. */
export function everyWeighting(file: ModelFile): Weighting[] {
  const own = file.segments.flatMap(({ weights }, index) =>
    Object.keys(weights).length === 0 ? [] : [weightingOf(file, weights, ['segments', index, 'weights'])],
  )
  return [usualWeighting(file), ...own]
}

function weightingOf({ components }: ModelFile, own: Readonly<Record<string, number>>, path: Path): Weighting {
  const weightOf = ({ id, weight }: ComponentFile) => own[id] ?? weight
  const total = sumOf(components, weightOf)
  return { path, share: holds => sumOf(components.filter(holds), weightOf) / total }
}

/** Surveys: what is declared; a component without a kind is one when all it takes are answers. */
export function isSurvey({ kind, measures }: ComponentFile): boolean {
  return kind === undefined ? measures.every(({ metric }) => isAnswer(metric ?? '')) : kind === 'declared'
}

function isAnswer(metric: string): boolean {
  return /^(?:.*_)?(?:nps|csat|ces|survey|survey_score)(?:_.*)?$/i.test(metric)
}
