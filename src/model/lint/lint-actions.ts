import { triggerHolds } from '../../domain/playbooks/playbook.ts'
import { TASK_ROLES } from '../../domain/playbooks/task.ts'
import { type Finding, finding } from '../schema/finding.ts'
import type { ModelFile } from '../schema/model.ts'

/** Every score has an action, and every action somebody who does it. */
export function actionWarnings(file: ModelFile): Finding[] {
  return [...scoresWithoutAction(file), ...playsThatNeverStart(file), ...rolesOfNobody(file), ...noOwnerRole(file)]
}

function scoresWithoutAction(file: ModelFile): Finding[] {
  return inactiveRanges(file).map(({ band, index, from, to, isWhole }) => {
    const range = from === to ? `A score of ${from}` : `Scores from ${from} to ${to}`
    const problem = isWhole
      ? `The band "${band}" (${from}-${to}) has no action.`
      : `${range}, in the band "${band}", have no action.`
    const words = from === to ? problem.replace('have no', 'has no') : problem
    const on = `on: {between: [${from}, ${to}]}`
    return finding(['bands', index], words, `Add a playbook ${on}, with tasks or with no_action: and the reason.`)
  })
}

export type InactiveRange = {
  readonly band: string
  readonly index: number
  readonly from: number
  readonly to: number
  readonly isWhole: boolean
}

/** The ranges of shown scores, band by band, for which no playbook stands. */
export function inactiveRanges({ bands, playbooks }: ModelFile): InactiveRange[] {
  return bands.flatMap(({ id, role, from }, index) => {
    const [first, last] = [Math.ceil(from), Math.ceil(bands[index + 1]?.from ?? 101) - 1]
    const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step)
    const isActed = (score: number) => playbooks.some(({ on }) => standsFor(on, role, score))
    return runsOf(shown.filter(score => !isActed(score))).map(([from, to]) => ({
      band: id,
      index,
      from,
      to,
      isWhole: from === first && to === last,
    }))
  })
}

/** A level stands for its scores; a play for every at-risk alert stands for the bands of that role. */
function standsFor(on: ModelFile['playbooks'][number]['on'], role: string, shown: number): boolean {
  if ('alert' in on) return on.alert === 'at_risk' && on.driver === undefined && role === 'at_risk'
  return triggerHolds(on, { shown, alerts: [] })
}

/** 3, 4, 5, 8 -> 3-5, 8-8 */
function runsOf(scores: readonly number[]): (readonly [from: number, to: number])[] {
  const starts = scores.filter((score, index) => scores[index - 1] !== score - 1)
  const ends = scores.filter((score, index) => scores[index + 1] !== score + 1)
  return starts.map((from, index) => [from, ends[index] ?? from])
}

function playsThatNeverStart({ playbooks, alerts, expansion }: ModelFile): Finding[] {
  return playbooks.flatMap(({ id, on }, index) => {
    if (!('alert' in on)) return []
    const path = ['playbooks', index, 'on', 'alert']
    if (!alerts.some(({ kind }) => kind === on.alert)) {
      const problem = `The playbook "${id}" waits for ${on.alert} alerts, which this model does not raise.`
      return [finding(path, problem, `Add {kind: ${on.alert}} to alerts, or remove the playbook.`)]
    }
    if (on.alert !== 'expansion_ready' || expansion !== undefined) return []
    const problem = `The playbook "${id}" waits for expansion, and the model does not say who is ready for it.`
    return [finding(path, problem, 'Add expansion: with its condition, or remove the playbook.')]
  })
}

/** Their tasks begin with nobody, and wait until somebody takes them. */
function rolesOfNobody({ playbooks }: ModelFile): Finding[] {
  return playbooks.flatMap(({ tasks }, index) =>
    tasks.flatMap(({ title, role }, task) => {
      if (TASK_ROLES.some(known => known === role)) return []
      const problem = `Rounds finds nobody for the role "${role}" of the task "${title}".`
      return [finding(['playbooks', index, 'tasks', task, 'role'], problem, `Write one of ${TASK_ROLES.join(', ')}.`)]
    }),
  )
}

function noOwnerRole({ segments, playbooks }: ModelFile): Finding[] {
  const remedy = 'Write owner_role: and a role, such as csm.'
  if (segments.length > 0) {
    return segments.flatMap(({ id, owner_role }, index) => {
      if (owner_role !== undefined) return []
      const problem = `Nobody is named to own the accounts of the segment "${id}".`
      return [finding(['segments', index, 'owner_role'], problem, remedy)]
    })
  }
  if (playbooks.some(({ tasks }) => tasks.length > 0)) return []
  return [
    finding(['segments'], 'No owner role: nothing says who acts.', `${remedy.slice(0, -1)}, in a segment or a task.`),
  ]
}
