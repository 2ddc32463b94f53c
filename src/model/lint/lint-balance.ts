import type { Tag } from '../../domain/model/model.ts'
import { percent } from '../../domain/percent.ts'
import { type Finding, finding } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'
import type { LintFacts } from './lint-facts.ts'
import { everyWeighting, isSurvey } from './weighting.ts'

/** What goes into the score: how much, of which kind, and how it is mixed. */
export function balanceWarnings(file: ModelFile, facts?: LintFacts): Finding[] {
  return [...tooManyInputs(file, facts), ...tooManySurveys(file), ...onlyActivity(file), ...onlyLagging(file)]
}

/** "Four to six inputs at first; too many blur." An input is a component. */
export const MOST_INPUTS = 6

/** The inputs of the presets whose sources have more; copies keep the figures of the source. */
export const PUBLISHED_INPUTS: Readonly<Record<string, number>> = {
  ecommerce: 8,
  'financial-services': 7,
  retail: 8,
  saas: 7,
  yourcx: 7,
}

function tooManyInputs({ name, components, reviewed_on }: ModelFile, facts: LintFacts | undefined): Finding[] {
  const isFirst = reviewed_on === undefined || (facts?.days ?? 0) === 0
  const most = reviewed_on === undefined ? MOST_INPUTS : (PUBLISHED_INPUTS[name] ?? MOST_INPUTS)
  if (!isFirst || components.length <= most) return []
  const problem = `A model that begins with ${components.length} inputs blurs what moves the score; four to six are advised.`
  const remedy = `Begin with ${MOST_INPUTS} components or fewer, and add one when a review shows that it is missing.`
  return [finding(['components'], problem, remedy)]
}

function tooManySurveys(file: ModelFile): Finding[] {
  return everyWeighting(file).flatMap(({ path, share }) => {
    const surveys = share(isSurvey)
    if (surveys <= 0.5) return []
    const problem = `Surveys make ${percent(surveys)} of the weight: what customers say hides what they do.`
    return [finding(path, problem, 'Leave declared components at half of the weight or less.')]
  })
}

function onlyActivity(file: ModelFile): Finding[] {
  if (!has(file, 'activity') || has(file, 'value')) return []
  const problem = 'Every tagged component measures activity, none measures value: busy is not the same as well served.'
  const remedy = 'Add one tagged value, such as key features in use, active users per seat, or escalations.'
  return [finding(['components'], problem, remedy)]
}

function onlyLagging(file: ModelFile): Finding[] {
  if (!has(file, 'lagging') || has(file, 'leading')) return []
  const problem = 'Every tagged component is lagging, none is leading: the score tells what has happened already.'
  const remedy = 'Add one tagged leading, such as sponsor contact, reply rates, or depth of use.'
  return [finding(['components'], problem, remedy)]
}

function has({ components }: ModelFile, tag: Tag): boolean {
  return components.some(({ tags }) => tags.includes(tag))
}
