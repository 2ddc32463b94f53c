import { type Finding, finding, type Path } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'
import { clauseSubjects } from './lint-conditions.ts'

/** Inputs that are derived from the score itself, or from churn: the score would foretell what it was given. */
export function circularInputs(file: ModelFile): Finding[] {
  const inputs = file.components.flatMap(({ measures }, at) =>
    measures.flatMap((measure, index) => namesOf(measure, ['components', at, 'measures', index])),
  )
  return [...inputs, ...capInputs(file)].flatMap(({ name, path }) => {
    const kind = kindOf(name)
    if (kind === undefined) return []
    const problem = `"${name}" is derived from ${SOURCES[kind]}, so it cannot be an input of the score: a circle.`
    return [finding(path, problem, REMEDIES[kind])]
  })
}

const SOURCES = { score: 'the score itself', churn: 'churn itself' }
const REMEDIES = {
  score: 'Use the signals that it was made from, such as logins or tickets.',
  churn: 'Use what comes before it; renewals and churns are outcomes that the score is checked against.',
}

/** Names that other tools, and our own exports, give to a health score and its verdict. */
const OF_SCORE =
  /^(?:(?:customer|account|client|overall|total|rounds)_)*(?:health(?:iness)?(?:_(?:score|index|status|state|band|grade|rank|rating|value|verdict|colou?r|category))?|chs|health_?score|score|verdict|band|at_risk(?:_flag)?)(?:_(?:change|trend|previous|last|now|30d|7d|90d))?$/
const OF_CHURN =
  /^(?:is_|has_|will_|customer_|account_|predicted_)*(?:churn(?:ed|s|ing)?|outcome)(?:_(?:risk|flag|score|probability|prediction|likelihood|status|rate|reason|date|on|at|label|type))*$/

function kindOf(name: string): keyof typeof SOURCES | undefined {
  const folded = name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
  if (OF_CHURN.test(folded)) return 'churn'
  return OF_SCORE.test(folded) ? 'score' : undefined
}

type Named = { readonly name: string; readonly path: Path }
type Measure = ModelFile['watch'][number]

function namesOf({ metric, attribute, per }: Measure, path: Path): Named[] {
  return [
    { name: metric, path: [...path, 'metric'] },
    { name: attribute, path: [...path, 'attribute'] },
    { name: per?.metric, path: [...path, 'per', 'metric'] },
  ].flatMap(({ name, path }) => (name === undefined ? [] : [{ name, path }]))
}

/** What a cap asks limits the score; a watched measure has no part in it unless a cap names it. */
function capInputs(file: ModelFile): Named[] {
  return file.caps.flatMap(({ when }, index) =>
    clauseSubjects(when, ['caps', index, 'when']).flatMap(({ subject, path }) => {
      if (subject.of === 'attribute') return [{ name: subject.name, path }]
      if (subject.of !== 'measure') return []
      return file.watch
        .filter(({ id }) => id === subject.name)
        .flatMap(measure => namesOf(measure, path))
        .map(({ name }) => ({ name, path }))
    }),
  )
}
