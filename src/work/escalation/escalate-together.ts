import { wentWell } from '../../async/went-well.ts'
import type { Context } from '../../context.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { EscalationStep, Step } from '../../domain/alerts/escalation.ts'
import { type Destination, destinationName, isSameDestination } from '../../domain/delivery/destination.ts'
import type { EscalationRun } from '../../domain/delivery/subject.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { destinationsOfSteps } from '../../store/delivery/escalation-messages.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Db } from '../../store/tables.ts'
import type { Card } from '../../views/card.ts'
import { manyOverdueCard, manyUnclaimedCard } from '../../views/playbooks/many-waiting-card.ts'
import { destinationOrNone } from '../alerts/alert-destinations.ts'
import type { Attempts } from '../schedule/isolate-failures.ts'

/** A step of an alert or of a task, to be taken now. */
export type DueStep = {
  readonly run: EscalationRun
  readonly step: Step
  readonly steps: readonly EscalationStep[]
  readonly owner: string | undefined
  readonly alert?: AlertDetails
  /** The account's other alerts, which its card shows too. */
  readonly along?: readonly string[]
  readonly task?: Task
  /** What it says where it escalates alone. */
  readonly card: (place: Destination) => Card
  /** Records the step as taken, unless somebody acted meanwhile. */
  readonly take: (db: Db) => Promise<boolean>
}

/** Up to this many steps for one place in one tick are posted one by one. */
const FEW = 5

/**
 * Takes the steps. After a storm hundreds are due in the same minute: each place gets them in one message. A step is
 * written together with its message, so that nobody is notified twice.
 */
export async function escalateTogether(
  context: Context,
  dueSteps: readonly DueStep[],
  { attempt, now }: Pick<Attempts, 'attempt'> & { readonly now: Instant },
): Promise<void> {
  const { db } = context.connection
  const placed = await Promise.all(
    dueSteps.map(async dueStep => ({ dueStep, place: await destinationOrNone(db, dueStep.step.to, dueStep.owner) })),
  )
  const kindOf = ({ alert }: DueStep) => (alert === undefined ? 'tasks' : 'alerts')
  const groups = groupedBy(placed, ({ dueStep, place }) => place && `${kindOf(dueStep)}:${destinationName(place)}`)
  for (const group of groups.values()) {
    const place = group[0]?.place
    const own = group.map(({ dueStep }) => dueStep)
    const isDone = place !== undefined && own.length > FEW && (await wentWell(escalateAtOnce(context, own, place, now)))
    // One that fails rolls back the others, so those are then tried one by one.
    for (const dueStep of isDone ? [] : own) {
      await attempt(dueStep.run.subject.id, () => escalateAlone(context, dueStep, place, now))
    }
  }
  if (dueSteps.length > 0) context.wakeSender()
}

async function escalateAlone(
  { connection, log }: Context,
  dueStep: DueStep,
  place: Destination | undefined,
  now: Instant,
): Promise<void> {
  const { run, step } = dueStep
  const isTold = await inTransaction(connection.db, async db => {
    if (!(await wakes(db, dueStep, place)) || place === undefined) return false
    await tell(db, dueStep, place, now)
    return true
  })
  if (isTold) log.info({ subject: run.subject, ...step }, 'an escalation was sent')
}

function tell(db: Db, { run, alert, along = [], task, card }: DueStep, to: Destination, now: Instant) {
  const alerts = alert === undefined ? [] : [alert.id, ...along]
  const tasks = task === undefined ? [] : [task.id]
  return addMessage(db, { ...run, purpose: 'step', to, card: card(to), alerts, tasks, at: now })
}

async function escalateAtOnce(
  { connection, settings, log }: Context,
  dueSteps: readonly DueStep[],
  place: Destination,
  now: Instant,
): Promise<void> {
  await inTransaction(connection.db, async db => {
    const taken: DueStep[] = []
    for (const dueStep of dueSteps) if (await wakes(db, dueStep, place)) taken.push(dueStep)
    const [first] = taken
    if (first === undefined) return
    if (taken.length === 1) return tell(db, first, place, now)
    const alerts = taken.flatMap(({ alert }) => (alert === undefined ? [] : [alert]))
    const tasks = taken.flatMap(({ task }) => (task === undefined ? [] : [task]))
    await addMessage(db, {
      // A subject of its own, since a list is updated line by line.
      subject: { of: 'escalation', id: first.run.subject.id },
      purpose: 'step',
      number: now,
      to: place,
      card: alerts.length > 0 ? manyUnclaimedCard(settings.model, alerts) : manyOverdueCard(tasks),
      alerts: alerts.map(({ id }) => id),
      at: now,
    })
  })
  log.info({ steps: dueSteps.length, ...place }, 'many escalations were sent at once')
}

/** Takes the step. A step that leads to nobody, or to somebody already notified, is taken silently. */
async function wakes(
  db: Db,
  { run, step, steps, owner, take }: DueStep,
  place: Destination | undefined,
): Promise<boolean> {
  if (!(await take(db)) || place === undefined) return false
  const woken = await destinationsOfSteps(db, run)
  if (woken.length > 0) return !woken.some(earlier => isSameDestination(earlier, place))
  // An earlier step may have gone out in a list with others, which is not about this subject alone.
  for (const { to } of steps.slice(0, step.stepsTaken - 1)) {
    const earlier = await destinationOrNone(db, to, owner)
    if (earlier !== undefined && isSameDestination(earlier, place)) return false
  }
  return true
}
