import type { Context } from '../../context.ts'
import { adminEmails } from '../../delivery/admins.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { type EscalationStep, escalatableByAccount, nextStep } from '../../domain/alerts/escalation.ts'
import { stepsFor } from '../../domain/alerts/route.ts'
import type { EscalationRun } from '../../domain/delivery/subject.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { unresolvedAlertDetails } from '../../store/alerts/alert-details.ts'
import { escalateAlert, escalateTask } from '../../store/alerts/escalation-steps.ts'
import { lastStepAt } from '../../store/delivery/escalation-messages.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { oneTaskCard } from '../../views/playbooks/task-card.ts'
import { alertRouteOrNone } from '../alerts/alert-destinations.ts'
import { cardFor } from '../alerts/refresh-alert.ts'
import { calendarOf } from '../schedule/business-calendar.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'
import { type DueStep, escalateTogether } from './escalate-together.ts'

/**
 * Escalates what waits for somebody: unclaimed alerts and overdue tasks. Each takes the steps of its route one by one, in
 * the business hours of its owner. What escalates to one place in the same tick arrives there together.
 */
export async function escalateDue(context: Context): Promise<void> {
  const { connection, settings, clock } = context
  const { routes } = settings.routes
  if (routes.every(({ escalation }) => escalation.length === 0)) return
  const admins = await adminEmails(connection.db, settings.routes)
  // What is confidential may have a step for each admin.
  const longest = Math.max(...routes.map(({ escalation }) => escalation.length)) + admins.length
  const now = clock()
  const dueSteps: (DueStep | undefined)[] = []
  const { attempt, report } = isolateFailures()
  for (const alerts of escalatableByAccount(await unresolvedAlertDetails(connection.db, now))) {
    if (!alerts.some(({ stepsTaken }) => stepsTaken < longest)) continue
    await attempt(alerts.map(({ id }) => id).join(', '), async () => {
      dueSteps.push(await dueStepOfAccountOrNone(context, admins, alerts, now))
    })
  }
  const tasks = await readTasks(connection.db, { isOpen: true, dueBefore: now })
  for (const task of tasks.filter(({ stepsTaken }) => stepsTaken < longest)) {
    await attempt(task.id, async () => {
      dueSteps.push(await dueStepOfTaskOrNone(context, admins, task, now))
    })
  }
  const due = dueSteps.filter(dueStep => dueStep !== undefined)
  await escalateTogether(context, due, { attempt, now })
  report()
}

/** The first of an account's alerts that has a step left escalates for all of them. */
async function dueStepOfAccountOrNone(
  context: Context,
  admins: readonly string[],
  alerts: readonly AlertDetails[],
  now: Instant,
): Promise<DueStep | undefined> {
  const { connection, settings } = context
  for (const alert of alerts) {
    const route = await alertRouteOrNone(connection, settings, alert)
    const steps = route === undefined ? [] : stepsFor(route, alert.kind, admins)
    if (alert.stepsTaken >= steps.length) continue
    const along = alerts.filter(other => other !== alert)
    return dueStepOfAlertOrNone(context, alert, { steps, along }, now)
  }
  return undefined
}

async function dueStepOfAlertOrNone(
  context: Context,
  alert: AlertDetails,
  { steps, along }: { readonly steps: readonly EscalationStep[]; readonly along: readonly AlertDetails[] },
  now: Instant,
): Promise<DueStep | undefined> {
  const { connection, settings } = context
  const { owner } = alert.about
  const calendar = await calendarOf(connection.db, settings.routes, owner)
  const run = runOf('alert', alert)
  const escalatedAt = await escalatedAtOf(context, run, alert.stepsTaken)
  const waiting = {
    since: alert.reopenedAt ?? alert.openedAt,
    stepsTaken: alert.stepsTaken,
    isWaiting: true,
    ...escalatedAt,
  }
  const step = nextStep(waiting, steps, calendar, now)
  if (step === undefined) return undefined
  const others = along.map(({ id }) => id)
  return {
    run,
    step,
    steps,
    owner,
    alert,
    along: others,
    card: place => cardFor(settings, [alert, ...along], place, 'Nobody has claimed this yet.'),
    take: db => escalateAlert(db, alert.id, others, step.stepsTaken),
  }
}

async function dueStepOfTaskOrNone(
  context: Context,
  admins: readonly string[],
  task: Task,
  now: Instant,
): Promise<DueStep | undefined> {
  const { connection, settings } = context
  const account = await accountByIdOrNone(connection.db, task.account.id)
  if (account === undefined) return undefined
  const owner = task.assignee?.email ?? (await ownerOfAccount(connection.db, account.key, now))
  const calendar = await calendarOf(connection.db, settings.routes, owner)
  const route = await alertRouteOrNone(connection, settings, { account, kind: 'at_risk', openedAt: task.dueAt })
  const run = runOf('task', task)
  const escalatedAt = await escalatedAtOf(context, run, task.stepsTaken)
  const waiting = {
    since: Math.max(task.dueAt, task.reopenedAt ?? 0),
    stepsTaken: task.stepsTaken,
    isWaiting: true,
    ...escalatedAt,
  }
  const steps = route === undefined ? [] : stepsFor(route, task.alert?.kind ?? 'at_risk', admins)
  const step = nextStep(waiting, steps, calendar, now)
  if (step === undefined) return undefined
  return {
    run,
    step,
    steps,
    owner,
    task,
    card: () => oneTaskCard(`Overdue for ${task.account.name}`, task, now),
    take: db => escalateTask(db, task.id, step.stepsTaken),
  }
}

/** An escalation that starts over notifies again the people it notified before. */
function runOf(of: 'alert' | 'task', { id, reopenedAt = 0 }: Pick<Task, 'id' | 'reopenedAt'>): EscalationRun {
  return { subject: { of, id }, number: reopenedAt }
}

async function escalatedAtOf(
  { connection }: Context,
  run: EscalationRun,
  stepsTaken: number,
): Promise<{ escalatedAt?: Instant }> {
  const escalatedAt = stepsTaken === 0 ? undefined : await lastStepAt(connection.db, run)
  return escalatedAt === undefined ? {} : { escalatedAt }
}
