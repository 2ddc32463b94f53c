import type { Context } from '../../context.ts'
import { hasEnded, type Task, type TaskChange } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { changeTask, findTaskOrNone, lastChangeOrNone } from '../../store/playbooks/tasks.ts'
import type { Card } from '../../views/card.ts'
import { changedTaskCard, unchangedTaskCard } from '../../views/playbooks/task-answers.ts'
import { tasksFor } from '../alerts/confidences.ts'
import { allow } from '../people/allow.ts'
import type { Caller } from '../people/identify.ts'
import { notifyAssignee } from './announce-to-assignee.ts'
import { refreshTaskMessages } from './refresh-tasks.ts'

/** What somebody does with a task: written once, audited, shown in every copy. Who comes too late learns who was first. */
export async function applyToTask(context: Context, caller: Caller, id: string, change: TaskChange): Promise<Card> {
  await allow(context, caller, 'task.change', `task:${id}`)
  const now = context.clock()
  await refuseUnseen(context, caller, id, now)
  const by = caller.email ?? caller.name
  const { before, after, won } = await inTransaction(context.connection.db, async db => {
    const before = await findTaskOrNone(db, id)
    const won = await changeTask(db, id, change, by, now)
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
    return { before, after, won }
  })
  if (won) {
    context.wakeSender()
    return changedTaskCard(after, change)
  }
  const last = await lastChangeOrNone(context.connection.db, id)
  const first = last === undefined ? undefined : await knownPersonOrNone(context.connection.db, last.who)
  const who = last?.who === by ? 'You' : (first?.name ?? last?.who ?? 'Somebody')
  return unchangedTaskCard(hasEnded(before) ? before : after, who, last?.at ?? now, now)
}

async function refuseUnseen({ connection: { db } }: Context, caller: Caller, id: string, now: Instant): Promise<void> {
  const task = await findTaskOrNone(db, id)
  if (task !== undefined && (await tasksFor(db, caller, [task], now)).length === 0) throw noTask()
}

export function noTask(): BotError {
  return new BotError('no_task', 'This task no longer exists.', 'See /health tasks.')
}

function wordsOf(before: Task, after: Task): { was: string; isNow: string } {
  const words = ({ state, assignee, note }: Task) =>
    [state, assignee?.email ?? 'nobody', ...(note === undefined ? [] : [note])].join(', ')
  return { was: words(before), isNow: words(after) }
}
