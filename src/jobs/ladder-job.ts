import type { Context } from '../context.ts'
import type { AlertDetails } from '../domain/alert-details.ts'
import type { Instant } from '../domain/instant.ts'
import { climbersByAccount, nextRung, type Rung, type Step } from '../domain/ladder.ts'
import { rungsFor } from '../domain/route.ts'
import type { Task } from '../domain/task.ts'
import { alertRouteOrNone, destinationOrNone } from '../operations/alert-destinations.ts'
import { calendarOf } from '../operations/office.ts'
import { cardFor } from '../operations/refresh-alert.ts'
import { ownerOfAccount } from '../store/account-owner.ts'
import { accountByIdOrNone } from '../store/accounts.ts'
import { unresolvedAlertDetails } from '../store/alert-details.ts'
import { inTransaction } from '../store/database.ts'
import { destinationsKeyed, lastKeyedAt } from '../store/keyed-messages.ts'
import { climbAlert, climbTask } from '../store/ladder.ts'
import { addMessage, type Destination } from '../store/outbox.ts'
import type { Db } from '../store/tables.ts'
import { readTasks } from '../store/tasks.ts'
import type { Card } from '../views/card.ts'
import { oneTaskCard } from '../views/task-card.ts'

/**
 * Looks at what waits for somebody: unclaimed alerts and overdue tasks. Each climbs its route's ladder rung by rung, in
 * the business hours of its owner. The rung is written together with its message, so that nobody is woken twice.
 */
export async function climbLadders(context: Context): Promise<void> {
  const { connection, settings, clock } = context
  const longest = Math.max(0, ...settings().routes.routes.map(({ ladder }) => ladder.length))
  if (longest === 0) return
  const now = clock()
  for (const alerts of climbersByAccount(await unresolvedAlertDetails(connection.db, now))) {
    if (alerts.some(({ rung }) => rung < longest)) await climbForAccount(context, alerts, now)
  }
  const tasks = await readTasks(connection.db, { isOpen: true, dueBefore: now })
  for (const task of tasks) if (task.rung < longest) await climbWithTask(context, task, now)
}

/** The first of an account's alerts that has a rung left climbs for all of them. */
async function climbForAccount(context: Context, alerts: readonly AlertDetails[], now: Instant): Promise<void> {
  const { connection, settings } = context
  for (const alert of alerts) {
    const route = await alertRouteOrNone(connection, settings(), alert)
    const ladder = route === undefined ? [] : rungsFor(route, alert.kind)
    if (alert.rung >= ladder.length) continue
    const along = alerts.filter(other => other !== alert)
    return climbWithAlert(context, alert, { ladder, along }, now)
  }
}

async function climbWithAlert(
  context: Context,
  alert: AlertDetails,
  { ladder, along }: { readonly ladder: readonly Rung[]; readonly along: readonly AlertDetails[] },
  now: Instant,
): Promise<void> {
  const { connection, settings } = context
  const { owner } = alert.about
  const calendar = await calendarOf(connection.db, settings().routes, owner)
  const climbedAt = await climbedAtOf(context, `alert:${alert.id}`, alert.rung)
  const waiting = { since: alert.openedAt, rung: alert.rung, isWaiting: true, ...climbedAt }
  const step = nextRung(waiting, ladder, calendar, now)
  if (step === undefined) return
  const others = along.map(({ id }) => id)
  await climb(context, `alert:${alert.id}`, step, owner, now, {
    alerts: [alert.id],
    card: place => cardFor(settings(), alert, place, 'Nobody has claimed this yet.'),
    take: db => climbAlert(db, alert.id, others, step.rung),
  })
}

async function climbWithTask(context: Context, task: Task, now: Instant): Promise<void> {
  const { connection, settings } = context
  const account = await accountByIdOrNone(connection.db, task.account.id)
  if (account === undefined) return
  const owner = task.assignee?.email ?? (await ownerOfAccount(connection.db, account.key, now))
  const calendar = await calendarOf(connection.db, settings().routes, owner)
  const route = await alertRouteOrNone(connection, settings(), { account, kind: 'at_risk', openedAt: task.dueAt })
  const climbedAt = await climbedAtOf(context, `task:${task.id}`, task.rung)
  const waiting = { since: task.dueAt, rung: task.rung, isWaiting: true, ...climbedAt }
  const step = nextRung(waiting, route?.ladder ?? [], calendar, now)
  if (step === undefined) return
  await climb(context, `task:${task.id}`, step, owner, now, {
    alerts: [],
    card: () => oneTaskCard(`Overdue for ${task.account.name}`, task, now),
    take: db => climbTask(db, task.id, step.rung),
  })
}

async function climbedAtOf({ connection }: Context, subject: string, rung: number): Promise<{ climbedAt?: Instant }> {
  const climbedAt = rung === 0 ? undefined : await lastKeyedAt(connection.db, `${subject}:rung:`)
  return climbedAt === undefined ? {} : { climbedAt }
}

type Climb = {
  readonly alerts: readonly string[]
  readonly card: (place: Destination) => Card
  /** Notes the rung, unless somebody acted meanwhile. */
  readonly take: (db: Db) => Promise<boolean>
}

/** A rung that leads to nobody, or to somebody whom an earlier one has woken, is passed in silence. */
async function climb(
  { connection, log, wakeSender }: Context,
  subject: string,
  { rung, to, reason }: Step,
  owner: string | undefined,
  now: Instant,
  { alerts, card, take }: Climb,
): Promise<void> {
  const place = await destinationOrNone(connection.db, to, owner)
  await inTransaction(connection.db, async db => {
    const woken = await destinationsKeyed(db, `${subject}:rung:`)
    if (!(await take(db)) || place === undefined || woken.includes(`${place.platform}:${place.to}`)) return
    await addMessage(db, { ...place, key: `${subject}:rung:${rung}`, card: card(place), alerts, at: now })
  })
  log.info({ subject, rung, to, reason }, 'a ladder was climbed')
  wakeSender()
}
