import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { endUndo, undosThatEnd } from '../../store/alerts/undos.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { findTaskOrNone } from '../../store/playbooks/tasks.ts'
import { refreshTaskMessages } from '../playbooks/refresh-tasks.ts'
import { refreshAlert } from './refresh-alert.ts'

/** After ten minutes no message offers to undo anymore. */
export async function endOldUndos({ connection, settings, wakeSender }: Context, now: Instant): Promise<void> {
  const ending = await undosThatEnd(connection.db, now)
  for (const { id, subject } of ending) {
    await inTransaction(connection.db, async db => {
      if (!(await endUndo(db, id, now))) return
      if (subject.of === 'alert') return refreshAlert(db, settings, subject.id, now)
      const task = await findTaskOrNone(db, subject.id)
      if (task !== undefined) await refreshTaskMessages(db, task)
    })
  }
  if (ending.length > 0) wakeSender()
}
