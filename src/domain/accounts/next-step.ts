import type { Alert } from '../alerts/alert.ts'
import { mostUrgentFirst } from '../alerts/alert-kind.ts'
import type { Model, Role } from '../model/model.ts'
import { type Playbook, triggerHolds } from '../playbooks/playbook.ts'
import { mostUrgentFirst as dueFirst, type Task } from '../playbooks/task.ts'
import { topDriver } from '../scoring/driver.ts'
import type { Health } from '../scoring/health.ts'
import type { Verdict } from '../scoring/settle.ts'

/** What to do next about an account: what is already assigned comes before what the model advises. */
export type NextStep =
  | { readonly kind: 'claim'; readonly alert: Alert }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'play'; readonly playbook: Playbook; readonly title: string }
  | { readonly kind: 'ask'; readonly question: string }

type Situation = {
  readonly health: Health
  readonly verdict: Verdict
  readonly alerts: readonly Alert[]
  readonly tasks: readonly Task[]
}

/** An alert that waits, a task that is open, the play for where the score stands, a question about what fell. */
export function nextStepOrNone(model: Model, { health, verdict, alerts, tasks }: Situation): NextStep | undefined {
  const [alert] = unclaimed(alerts)
  if (alert !== undefined) return { kind: 'claim', alert }
  const [task] = tasks.toSorted(dueFirst)
  if (task !== undefined) return { kind: 'task', task }
  const role = health.now.bands.find(({ id }) => id === verdict)?.role
  const isUneasy = role === 'at_risk' || role === 'attention' || health.direction === 'falling'
  const driver = isUneasy ? topDriver(health) : undefined
  const playbook = playFor(model, health, role, driver)
  const title = playbook?.tasks[0]?.title
  if (playbook !== undefined && title !== undefined) return { kind: 'play', playbook, title }
  const question = model.components.find(({ id }) => id === driver)?.ask[0]
  return question === undefined ? undefined : { kind: 'ask', question }
}

/** Unclaimed ones, the most urgent first. */
export function unclaimed<A extends Alert>(alerts: readonly A[]): A[] {
  return alerts.filter(({ state, claimedBy }) => state === 'open' && claimedBy === undefined).toSorted(mostUrgentFirst)
}

/** After a fall, the play against its cause; otherwise the one for the current score. */
function playFor(
  { playbooks }: Model,
  { now, direction }: Health,
  role: Role | undefined,
  driver: string | undefined,
): Playbook | undefined {
  if (!now.isCovered || now.score === undefined) return undefined
  const situation = {
    shown: now.score.shown,
    alerts: direction === 'falling' || role === 'at_risk' ? (['sharp_drop', 'at_risk'] as const) : [],
    ...(driver !== undefined && { driver }),
  }
  const fit = playbooks.filter(({ on }) => triggerHolds(on, situation))
  const isAgainst = ({ on }: Playbook) => 'alert' in on && on.driver !== undefined
  const isLevel = ({ on }: Playbook) => !('alert' in on) && !('crosses_below' in on)
  return fit.find(isAgainst) ?? fit.find(isLevel)
}
