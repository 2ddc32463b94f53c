import type { Context } from '../../context.ts'
import { isOver, type Undo } from '../../domain/alerts/undo.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import { isTaken, putBack } from '../../store/alerts/reversals.ts'
import { endUndo, findUndoOrNone } from '../../store/alerts/undos.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { findTaskOrNone } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { alertStateText } from '../../views/alerts/alert-words.ts'
import { taskStateText } from '../../views/playbooks/task-card.ts'
import { allow } from '../people/allow.ts'
import type { Caller } from '../people/identify.ts'
import { refreshTaskMessages } from '../playbooks/refresh-tasks.ts'
import { whoIs } from './change-alert.ts'
import { refreshAlert } from './refresh-alert.ts'

/** What stands again: the name of the account, and how in words. */
type Undone = { readonly account: string; readonly what: string; readonly isNow: string }

/**
 * Undoes what the same person did within the last ten minutes, if nothing has changed since; audited, and
 * shown in every copy.
 */
export async function undoAct(context: Context, caller: Caller, id: string): Promise<Undone> {
  const now = context.clock()
  const { db } = context.connection
  const undo = await findUndoOrNone(db, id)
  if (undo === undefined) throw changed()
  await allow(context, caller, undo.subject.of === 'task' ? 'task.change' : 'alert.resolve', undo.subject.id)
  if (undo.who !== whoIs(caller)) throw new BotError('not_yours', await notYours(db, undo))
  if (undo.endedAt !== undefined || isOver(undo, now)) throw isOver(undo, now) ? tooLate() : changed()
  const undone = await inTransaction(db, db => takeBack(context, db, undo, now))
  context.wakeSender()
  return undone
}

async function takeBack({ settings }: Context, db: Db, undo: Undo, now: Instant): Promise<Undone> {
  const { subject, account, reversals, who } = undo
  const isGone = subject.of === 'alert' && ((await isTaken(db, subject.id)) || (await retirementOrNone(db, account)))
  if (isGone || !(await endUndo(db, undo.id, now))) throw changed()
  const [first, ...others] = reversals
  const was = await standing(db, subject, now)
  if (first === undefined || !(await putBack(db, first, now))) throw changed()
  for (const other of others) if (other.of === 'task' || !(await isTaken(db, other.id))) await putBack(db, other, now)
  const undone = await standing(db, subject, now)
  await recordAudit(db, {
    ...{ at: now, who, act: `${subject.of}.undo`, account: undone.account.id },
    subject: subject.of === 'task' ? `task:${subject.id}` : subject.id,
    ...{ was: was.isNow, isNow: undone.isNow },
  })
  for (const { of, id } of reversals) {
    const task = of === 'task' ? await findTaskOrNone(db, id) : undefined
    if (task !== undefined) await refreshTaskMessages(db, task)
    if (of === 'alert') await refreshAlert(db, settings, id, now)
  }
  return { account: undone.account.name, what: undone.what, isNow: undone.isNow }
}

async function standing(db: Db, { of, id }: Undo['subject'], now: Instant) {
  if (of === 'alert') {
    const alert = await findAlertDetailsOrNone(db, id, now)
    if (alert !== undefined) return { account: alert.account, what: 'alert', isNow: alertStateText(alert) }
  }
  const task = await findTaskOrNone(db, id)
  if (task === undefined) throw changed()
  return { account: task.account, what: `"${task.title}"`, isNow: taskStateText(task) }
}

async function notYours(db: Db, { who }: Undo): Promise<string> {
  const name = (await knownPersonOrNone(db, who))?.name ?? who
  return `${name} did this, and only ${name} can undo it.`
}

function tooLate(): BotError {
  return new BotError(
    'too_late',
    'Undo works for 10 minutes, and those have passed.',
    'See /health alerts or /health tasks.',
  )
}

function changed(): BotError {
  return new BotError(
    'changed_since',
    'This has changed since, so it cannot be undone.',
    'See /health alerts or /health tasks.',
  )
}
