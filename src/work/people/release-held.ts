import type { Context } from '../../context.ts'
import { adminEmails } from '../../delivery/admins.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { threadsOfAlert } from '../../store/delivery/threads.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { type Held, readHeld, releaseAlert, releaseTask } from '../../store/people/held.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { findTaskOrNone } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { releasedCard } from '../../views/alerts/released-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { refreshAlert } from '../alerts/refresh-alert.ts'
import { refreshTaskMessages } from '../playbooks/refresh-tasks.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'
import { askPresences } from './ask-presences.ts'
import { whyCannotAct } from './who-cannot-act.ts'

/** Releases what somebody holds who can no longer act: it is open again, and the admins are told. */
export async function releaseHeld(context: Context): Promise<void> {
  const { connection, settings, clock, wakeSender } = context
  const { db } = connection
  const now = clock()
  const held = await readHeld(db)
  const holders = held.map(({ by }) => by)
  await askPresences(context, holders, now)
  const { attempt, report } = isolateFailures()
  for (const things of held) {
    await attempt('what somebody holds', async () => {
      const why = await whyCannotAct(db, settings.routes, things.by)
      if (why === undefined) return
      if (await inTransaction(db, db => release(context, db, things, why, now))) wakeSender()
    })
  }
  report()
}

async function release(context: Context, db: Db, { by, alerts, tasks }: Held, why: string, now: Instant) {
  const person = await knownPersonOrNone(db, by)
  const who = { by, name: person?.name ?? by, why }
  const opened = { alerts: [] as string[], tasks: [] as string[] }
  const told = new Set<number>()
  for (const id of alerts) if (await reopenAlert(context, db, id, who, { told, now })) opened.alerts.push(id)
  for (const id of tasks)
    if (await reopenTask(db, id, { by, isKnown: person !== undefined }, now)) opened.tasks.push(id)
  if (opened.alerts.length + opened.tasks.length === 0) return false
  await notifyAdmins(context, db, who, opened, now)
  return true
}

type Holder = { readonly by: string; readonly name: string; readonly why: string }

/** The thread of an account gets it once, however many alerts are in it: `told` by the account's key. */
async function reopenAlert(
  { settings }: Context,
  db: Db,
  id: string,
  { by, name, why }: Holder,
  { told, now }: { readonly told: Set<number>; readonly now: Instant },
) {
  if (!(await releaseAlert(db, id, by, now))) return false
  const alert = await findAlertDetailsOrNone(db, id, now)
  if (alert === undefined) return false
  const account = alert.account.id
  const was = `Claimed by ${by}`
  await recordAudit(db, {
    at: now,
    who: 'rounds',
    act: 'alert.release',
    subject: id,
    account,
    was,
    isNow: `Open again: ${by} ${why}`,
  })
  await refreshAlert(db, settings, id, now)
  if (told.has(alert.account.key)) return true
  told.add(alert.account.key)
  const card = noticeCard('Open again', `${name} ${why}: nobody has this alert about ${alert.account.name} now.`)
  for (const thread of await threadsOfAlert(db, id)) {
    if (thread.to.person !== undefined) continue
    const key = { subject: { of: 'alert', id }, purpose: 'released', number: now } as const
    await addMessage(db, { ...key, ...thread, card, alerts: [], at: now })
  }
  return true
}

/** A playbook's tasks for an owner who was never imported stay: that owner never could act. */
async function reopenTask(db: Db, id: string, { by, isKnown }: { by: string; isKnown: boolean }, now: Instant) {
  const before = await findTaskOrNone(db, id)
  if (before === undefined || (!isKnown && before.state === 'open')) return false
  if (!(await releaseTask(db, id, by, now))) return false
  const task = await findTaskOrNone(db, id)
  if (task === undefined) return false
  const change = { was: `${before.state}, ${by}`, isNow: 'open, nobody' }
  await recordAudit(db, {
    at: now,
    who: 'rounds',
    act: 'task.release',
    subject: `task:${id}`,
    account: task.account.id,
    ...change,
  })
  await refreshTaskMessages(db, task)
  return true
}

async function notifyAdmins(
  { settings }: Context,
  db: Db,
  { by, name, why }: Holder,
  opened: { readonly alerts: readonly string[]; readonly tasks: readonly string[] },
  now: Instant,
): Promise<void> {
  const alerts = await Promise.all(opened.alerts.map(id => findAlertDetailsOrNone(db, id, now)))
  const tasks = await Promise.all(opened.tasks.map(id => findTaskOrNone(db, id)))
  const left = { alerts: alerts.filter(alert => alert !== undefined), tasks: tasks.filter(task => task !== undefined) }
  const card = releasedCard(settings.model, `${name} ${why}`, left)
  for (const admin of await adminEmails(db, settings.routes)) {
    const place = await directMessageOrNone(db, admin)
    if (place === undefined) continue
    const key = { subject: { of: 'person', id: by }, purpose: 'released', number: now } as const
    await addMessage(db, { ...key, to: place, card, alerts: opened.alerts, tasks: opened.tasks, at: now })
  }
}
