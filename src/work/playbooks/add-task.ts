import type { Context } from '../../context.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { taskDue } from '../../domain/playbooks/task-due.ts'
import { BotError } from '../../errors.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addTask, findTaskOrNone } from '../../store/playbooks/tasks.ts'
import type { Caller } from '../people/identify.ts'
import { calendarOf } from '../schedule/business-calendar.ts'
import { notifyAssignee } from './notify-assignee.ts'

export type TaskByHand = {
  readonly id: string
  /** The account's id. */
  readonly account: string
  readonly title: string
  /** An e-mail. */
  readonly to: string
  /** As in a model file: `1bd`, `4h`. */
  readonly due: string
}

/**
 * Adds a task and tells the assignee, unless they added it themselves. A form adds one: `isNew` says whether
 * this was it.
 */
export async function addTaskByHand(
  context: Context,
  wanted: TaskByHand,
  caller: Caller,
): Promise<{ task: Task; isNew: boolean }> {
  const { id, title, to, due } = wanted
  const now = context.clock()
  const { routes } = context.settings
  const { task, isNew } = await inTransaction(context.connection.db, async db => {
    const account = await accountByIdOrNone(db, wanted.account)
    if (account === undefined) throw new BotError('no_account', 'This account no longer exists.')
    const dueAt = taskDue(now, due, await calendarOf(db, routes, to))
    const isNew = await addTask(db, { id, account: account.key, title, role: 'csm', assignee: to, at: now, dueAt })
    const task = await findTaskOrNone(db, id)
    if (!isNew || task === undefined) return { task, isNew }
    const who = caller.email ?? caller.name
    const isNow = `open, ${to}, ${title}`
    await recordAudit(db, { at: now, who, act: 'task.add', subject: `task:${id}`, account: account.id, isNow })
    await notifyAssignee(db, task, caller.email, now)
    return { task, isNew }
  })
  if (task === undefined) throw new BotError('no_task', 'This task could not be added.', 'Try again.')
  context.wakeSender()
  return { task, isNew }
}
