import { percent } from '../../domain/percent.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { presetLike } from '../preset-like.ts'
import type { ModelFile } from '../schema/model.ts'
import { inactiveRanges } from './lint-actions.ts'
import { MOST_INPUTS } from './lint-balance.ts'
import { isReviewDue } from './review.ts'
import { count, explainableInOneSentence, listOf } from './seed-words.ts'
import { isSurvey, usualWeighting } from './weighting.ts'

/** A practice of the literature, with the letters of its sources, and whether a model follows it. */
export type Seed = {
  readonly practice: string
  readonly sources: string
  readonly followed: boolean
  readonly evidence: string
}

type Check = (file: ModelFile, now: Instant) => readonly [followed: boolean, evidence: string]

const PRACTICES: readonly (readonly [practice: string, sources: string, check: Check])[] = [
  [
    'Define what healthy means',
    'Y, G',
    ({ healthy_means }) => [healthy_means !== undefined, healthy_means ?? 'healthy_means is missing'],
  ],
  ['Four to six inputs at first; too many blur', 'Y, G, F, K', inputs],
  ['Combine what customers say with what they do', 'Y', sayingAndDoing],
  ['NPS, CSAT and CES are parts, never the whole', 'Y, G', surveys],
  ['Value over activity', 'G', valueOverActivity],
  ['Balance lagging inputs with leading ones', 'G', balance],
  ['Segment', 'Y, G, F, K', segments],
  ['Different weights for different signals', 'Y', weights],
  ['Trend, not only the value', 'Y, A', trend],
  ['Show the drivers', 'Y', drivers],
  ['Every band has an action, an owner and a time', 'Y, G', actions],
  ['Explainable in one sentence', 'G', explainableInOneSentence],
  [
    'Validate against renewals and churns',
    'G, Y',
    () => [false, 'the file alone cannot say: import outcomes, and `rounds trust` checks its scores against them'],
  ],
  ['Review quarterly, or monthly', 'G, K', review],
  ['Fresh inputs', 'Y, G', freshness],
  ["Do not copy another company's model unchanged", 'Y', ownership],
  ['A feature that a plan lacks is not applicable, not zero', 'F', applicability],
  [
    'No input that is derived from the score or from churn itself',
    'ours',
    () => [true, 'no input is named like a score, a verdict or churn'],
  ],
]

/** Which practices a valid model follows, in the order of the literature, each with one phrase of evidence. */
export function seedsOf(file: ModelFile, now: Instant): Seed[] {
  return PRACTICES.map(([practice, sources, check]) => {
    const [followed, evidence] = check(file, now)
    return { practice, sources, followed, evidence }
  })
}

function inputs({ components }: ModelFile): ReturnType<Check> {
  return [components.length >= 4 && components.length <= MOST_INPUTS, count(components.length, 'component')]
}

function sayingAndDoing(file: ModelFile): ReturnType<Check> {
  const { share } = usualWeighting(file)
  const said = share(isSurvey)
  const done = share(({ kind }) => kind === 'behavioural' || kind === 'operational' || kind === 'financial')
  return [said > 0 && done > 0, `${percent(said)} declared, ${percent(done)} from what they do`]
}

function surveys(file: ModelFile): ReturnType<Check> {
  const said = usualWeighting(file).share(isSurvey)
  return [said <= 0.5, `surveys make ${percent(said)} of the weight`]
}

function valueOverActivity(file: ModelFile): ReturnType<Check> {
  const { share } = usualWeighting(file)
  const value = share(({ tags }) => tags.includes('value'))
  const activity = share(({ tags }) => tags.includes('activity'))
  return [value > activity, `${percent(value)} value, ${percent(activity)} activity`]
}

function balance(file: ModelFile): ReturnType<Check> {
  const { share } = usualWeighting(file)
  const leading = share(({ tags }) => tags.includes('leading'))
  const lagging = share(({ tags }) => tags.includes('lagging'))
  return [Math.min(leading, lagging) >= 0.25, `${percent(leading)} leading, ${percent(lagging)} lagging`]
}

function segments({ segments }: ModelFile): ReturnType<Check> {
  const own = segments.filter(({ bands }) => Object.keys(bands).length > 0).map(({ id }) => id)
  return [own.length > 0, own.length > 0 ? `bands of their own for ${listOf(own)}` : 'one set of thresholds for all']
}

function weights({ components }: ModelFile): ReturnType<Check> {
  const different = new Set(components.map(({ weight }) => weight))
  const isDifferent = different.size > 1
  return [isDifferent, isDifferent ? `${different.size} different weights` : 'all weights are equal']
}

function trend({ components, alerts }: ModelFile): ReturnType<Check> {
  const changes = components.flatMap(({ measures }) => measures.filter(({ take }) => take === 'change'))
  const watched = alerts.some(({ kind }) => kind === 'sharp_drop')
  const evidence = [
    changes.length === 0 ? 'no measure of change' : `${count(changes.length, 'measure')} of change`,
    watched ? 'sharp drops raise an alert' : 'sharp drops raise no alert',
  ]
  return [changes.length > 0 || watched, evidence.join(', ')]
}

function drivers({ components }: ModelFile): ReturnType<Check> {
  const explained = components.filter(({ why, ask }) => why !== undefined && ask.length > 0)
  const evidence = `${explained.length} of ${components.length} components say why they matter and what to ask`
  return [explained.length === components.length, evidence]
}

function actions(file: ModelFile): ReturnType<Check> {
  const gaps = inactiveRanges(file).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
  const tasks = file.playbooks.flatMap(({ tasks }) => tasks)
  if (gaps.length > 0) return [false, `no action for scores of ${listOf(gaps)}`]
  const roles = [...new Set(tasks.map(({ role }) => role))]
  return [tasks.length > 0, `${count(tasks.length, 'task')} with a due time, for ${listOf(roles)}`]
}

function review({ reviewed_on }: ModelFile, now: Instant): ReturnType<Check> {
  if (reviewed_on === undefined) return [false, 'reviewed_on is missing']
  return [!isReviewDue(reviewed_on, now), `reviewed on ${reviewed_on}`]
}

/** A reading without a window keeps counting forever; `days_since` grows old by itself. */
function freshness({ components }: ModelFile): ReturnType<Check> {
  const measures = components.flatMap(({ measures }) => measures).filter(({ metric }) => metric !== undefined)
  const endless = measures.filter(({ over, take }) => over === undefined && take !== 'days_since').map(({ id }) => id)
  if (endless.length > 0) return [false, `${listOf(endless)} never grows stale: it has no window`]
  return [measures.length > 0, `all ${count(measures.length, 'measure')} of signals grow stale by a window`]
}

function ownership(file: ModelFile): ReturnType<Check> {
  const like = presetLike(file)
  return [like === undefined, like === undefined ? 'differs from every preset' : `scores exactly as the preset ${like}`]
}

function applicability({ components }: ModelFile): ReturnType<Check> {
  const limited = components
    .flatMap(({ measures }) => measures.filter(({ applies_when }) => applies_when))
    .map(({ id }) => id)
  return [
    limited.length > 0,
    limited.length > 0 ? `${listOf(limited)} counts only where it applies` : 'no measure has applies_when',
  ]
}
