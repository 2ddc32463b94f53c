import { sumOf } from '../../domain/number.ts'
import { type Finding, finding, type Path } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'

/** Weights so large that nothing can be calculated with them. */
export function overflowErrors(file: ModelFile): Finding[] {
  const components = file.components
  const lists: { path: Path; weights: number[] }[] = [
    { path: ['components'], weights: components.map(({ weight }) => weight) },
    ...components.map(({ measures }, index) => ({
      path: ['components', index, 'measures'],
      weights: measures.map(({ weight }) => weight),
    })),
    ...file.segments.map((segment, index) => ({
      path: ['segments', index, 'weights'],
      weights: components.map(({ id, weight }) => segment.weights[id] ?? weight),
    })),
  ]
  return lists
    .filter(({ weights }) => !Number.isFinite(100 * sumOf(weights, weight => weight)))
    .map(({ path }) =>
      finding(path, 'These weights are too large to calculate with.', 'Write shares, such as 20 or 0.2.'),
    )
}
