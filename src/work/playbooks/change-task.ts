import type { Context } from '../../context.ts'
import { hasEnded, type Task, type TaskChange } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { reversalsSince, statesOf } from '../../store/alerts/reversals.ts'
import { endUndos, saveUndo } from '../../store/alerts/undos.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { changeTask, findTaskOrNone, lastChangeOrNone, readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import type { Card } from '../../views/card.ts'
import { changedTaskCard, unchangedTaskCard } from '../../views/playbooks/task-answers.ts'
import { tasksVisibleTo } from '../alerts/visible-to.ts'
import { allow } from '../people/allow.ts'
import type { Caller } from '../people/identify.ts'
import { notifyAssignee } from './notify-assignee.ts'
import { refreshTaskMessages } from './refresh-tasks.ts'

/** What somebody does with a task: written once, audited, shown in every copy. Who comes too late learns who was first. */
export async function applyToTask(context: Context, caller: Caller, id: string, change: TaskChange): Promise<Card> {
  return (await changeTaskAs(context, caller, id, change)).card
}

export type ChangedTask = { readonly card: Card; readonly before: Task; readonly after: Task; readonly won: boolean }

/** The same, with how the task stood before and whether this changed it. */
export async function changeTaskAs(
  context: Context,
  caller: Caller,
  id: string,
  change: TaskChange,
): Promise<ChangedTask> {
  await allow(context, caller, 'task.change', `task:${id}`)
  const now = context.clock()
  await refuseUnseen(context, caller, id, now)
  const by = caller.email ?? caller.name
  const { before, after, won } = await inTransaction(context.connection.db, async db => {
    const before = await findTaskOrNone(db, id)
    const states = before === undefined ? [] : await statesOf(db, await keyOf(db, before))
    const won = await changeTask(db, id, change, by, now)
    if (won && before !== undefined) await noteUndo(context, db, { task: before, states, change, by, now })
    const after = await findTaskOrNone(db, id)
    if (before === undefined || after === undefined) throw noTask()
    if (won) {
      const { was, isNow } = wordsOf(before, after)
      const subject = `task:${id}`
      await recordAudit(db, {
        at: now,
        who: by,
        act: `task.${change.kind}`,
        subject,
        account: after.account.id,
        was,
        isNow,
      })
      await refreshTaskMessages(db, after)
      if (change.kind === 'reassign') await notifyAssignee(db, after, by, now)
    }
    if (!won) await refreshTaskMessages(db, after)
    return { before, after, won }
  })
  if (won) {
    context.wakeSender()
    const card = changedTaskCard(after, change, await alertToResolve(context.connection.db, after))
    return { card, before, after, won }
  }
  const last = await lastChangeOrNone(context.connection.db, id)
  const first = last === undefined ? undefined : await knownPersonOrNone(context.connection.db, last.who)
  const who = last?.who === by ? 'You' : (first?.name ?? last?.who ?? 'Somebody')
  const card = unchangedTaskCard(hasEnded(before) ? before : after, who, last?.at ?? now, now)
  return { card, before, after, won }
}

type Done = {
  readonly task: Task
  readonly states: Awaited<ReturnType<typeof statesOf>>
  readonly change: TaskChange
  readonly by: string
  readonly now: Instant
}

/** The end of a task can be taken back for ten minutes; what was done with it before can be no more. */
async function noteUndo({ newId }: Context, db: Db, { task, states, change, by, now }: Done): Promise<void> {
  const subject = { of: 'task', id: task.id } as const
  await endUndos(db, subject, now)
  if (change.kind !== 'done' && change.kind !== 'skip') return
  const account = await keyOf(db, task)
  const reversals = await reversalsSince(db, account, states, subject)
  await saveUndo(db, { id: newId(), at: now, who: by, subject, account, reversals })
}

async function keyOf(db: Db, { account }: Task): Promise<number> {
  return (await accountByIdOrNone(db, account.id))?.key ?? 0
}

/** The alert that a task belongs to, once all that was to be done for it has ended. */
async function alertToResolve(db: Db, { run, alert, state }: Task): Promise<string | undefined> {
  if (run === undefined || alert === undefined || alert.isResolved || (state !== 'done' && state !== 'skipped'))
    return undefined
  return (await readTasks(db, { run, isOpen: true })).length === 0 ? alert.id : undefined
}

async function refuseUnseen({ connection: { db } }: Context, caller: Caller, id: string, now: Instant): Promise<void> {
  const task = await findTaskOrNone(db, id)
  if (task !== undefined && (await tasksVisibleTo(db, caller, [task], now)).length === 0) throw noTask()
}

export function noTask(): BotError {
  return new BotError('no_task', 'This task no longer exists.', 'See /health tasks.')
}

function wordsOf(before: Task, after: Task): { was: string; isNow: string } {
  const words = ({ state, assignee, note }: Task) =>
    [state, assignee?.email ?? 'nobody', ...(note === undefined ? [] : [note])].join(', ')
  return { was: words(before), isNow: words(after) }
}
