import type { Context } from '../../context.ts'
import { adminEmails } from '../../delivery/admins.ts'
import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { climbersByAccount, nextRung, type Rung } from '../../domain/alerts/escalation.ts'
import { rungsFor } from '../../domain/alerts/route.ts'
import type { Ascent } from '../../domain/delivery/subject.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { accountByIdOrNone } from '../../store/accounts/accounts.ts'
import { unresolvedAlertDetails } from '../../store/alerts/alert-details.ts'
import { climbAlert, climbTask } from '../../store/alerts/escalation-steps.ts'
import { lastStepAt } from '../../store/delivery/escalation-messages.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { oneTaskCard } from '../../views/playbooks/task-card.ts'
import { alertRouteOrNone } from '../alerts/alert-destinations.ts'
import { cardFor } from '../alerts/refresh-alert.ts'
import { calendarOf } from '../schedule/business-calendar.ts'
import { type Climb, climbTogether } from './escalate-together.ts'

/**
 * Looks at what waits for somebody: unclaimed alerts and overdue tasks. Each climbs its route's ladder rung by rung, in
 * the business hours of its owner. What climbs to one place in one look arrives there together.
 */
export async function climbLadders(context: Context): Promise<void> {
  const { connection, settings, clock } = context
  const { routes } = settings.routes
  if (routes.every(({ escalation }) => escalation.length === 0)) return
  const admins = await adminEmails(connection.db, settings.routes)
  // What is confidential may have a step for each admin.
  const longest = Math.max(...routes.map(({ escalation }) => escalation.length)) + admins.length
  const now = clock()
  const climbs: (Climb | undefined)[] = []
  for (const alerts of climbersByAccount(await unresolvedAlertDetails(connection.db, now))) {
    if (alerts.some(({ rung }) => rung < longest)) climbs.push(await climbOfAccountOrNone(context, admins, alerts, now))
  }
  const tasks = await readTasks(connection.db, { isOpen: true, dueBefore: now })
  for (const task of tasks) if (task.rung < longest) climbs.push(await climbOfTaskOrNone(context, admins, task, now))
  await climbTogether(
    context,
    climbs.filter(climb => climb !== undefined),
    now,
  )
}

/** The first of an account's alerts that has a rung left climbs for all of them. */
async function climbOfAccountOrNone(
  context: Context,
  admins: readonly string[],
  alerts: readonly AlertDetails[],
  now: Instant,
): Promise<Climb | undefined> {
  const { connection, settings } = context
  for (const alert of alerts) {
    const route = await alertRouteOrNone(connection, settings, alert)
    const ladder = route === undefined ? [] : rungsFor(route, alert.kind, admins)
    if (alert.rung >= ladder.length) continue
    const along = alerts.filter(other => other !== alert)
    return climbOfAlertOrNone(context, alert, { ladder, along }, now)
  }
  return undefined
}

async function climbOfAlertOrNone(
  context: Context,
  alert: AlertDetails,
  { ladder, along }: { readonly ladder: readonly Rung[]; readonly along: readonly AlertDetails[] },
  now: Instant,
): Promise<Climb | undefined> {
  const { connection, settings } = context
  const { owner } = alert.about
  const calendar = await calendarOf(connection.db, settings.routes, owner)
  const ascent = ascentOf('alert', alert)
  const climbedAt = await climbedAtOf(context, ascent, alert.rung)
  const waiting = { since: alert.reopenedAt ?? alert.openedAt, rung: alert.rung, isWaiting: true, ...climbedAt }
  const step = nextRung(waiting, ladder, calendar, now)
  if (step === undefined) return undefined
  const others = along.map(({ id }) => id)
  return {
    ascent,
    step,
    ladder,
    owner,
    alert,
    card: place => cardFor(settings, alert, place, 'Nobody has claimed this yet.'),
    take: db => climbAlert(db, alert.id, others, step.rung),
  }
}

async function climbOfTaskOrNone(
  context: Context,
  admins: readonly string[],
  task: Task,
  now: Instant,
): Promise<Climb | undefined> {
  const { connection, settings } = context
  const account = await accountByIdOrNone(connection.db, task.account.id)
  if (account === undefined) return undefined
  const owner = task.assignee?.email ?? (await ownerOfAccount(connection.db, account.key, now))
  const calendar = await calendarOf(connection.db, settings.routes, owner)
  const route = await alertRouteOrNone(connection, settings, { account, kind: 'at_risk', openedAt: task.dueAt })
  const ascent = ascentOf('task', task)
  const climbedAt = await climbedAtOf(context, ascent, task.rung)
  const waiting = { since: Math.max(task.dueAt, task.reopenedAt ?? 0), rung: task.rung, isWaiting: true, ...climbedAt }
  const ladder = route === undefined ? [] : rungsFor(route, task.alert?.kind ?? 'at_risk', admins)
  const step = nextRung(waiting, ladder, calendar, now)
  if (step === undefined) return undefined
  return {
    ascent,
    step,
    ladder,
    owner,
    task,
    card: () => oneTaskCard(`Overdue for ${task.account.name}`, task, now),
    take: db => climbTask(db, task.id, step.rung),
  }
}

/** What climbs anew wakes people anew, whom it woke before. */
function ascentOf(of: 'alert' | 'task', { id, reopenedAt = 0 }: Pick<Task, 'id' | 'reopenedAt'>): Ascent {
  return { subject: { of, id }, number: reopenedAt }
}

async function climbedAtOf({ connection }: Context, ascent: Ascent, rung: number): Promise<{ climbedAt?: Instant }> {
  const climbedAt = rung === 0 ? undefined : await lastStepAt(connection.db, ascent)
  return climbedAt === undefined ? {} : { climbedAt }
}
