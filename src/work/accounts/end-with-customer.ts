import type { Instant } from '../../domain/time/instant.ts'
import { accountByKeyOrNone } from '../../store/accounts/find-accounts.ts'
import { endAlerts } from '../../store/alerts/alerts.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { dropAnnouncementsOfRuns } from '../../store/playbooks/playbook-runs.ts'
import { changeTask, findTaskOrNone, readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { refreshTaskMessages } from '../playbooks/refresh-tasks.ts'

/** Closes what is open about an account that is no longer a customer. Its alerts say so where they were posted. */
export async function endWithCustomer(db: Db, account: number, reason: string, now: Instant): Promise<void> {
  const id = (await accountByKeyOrNone(db, account))?.id
  const about = id === undefined ? {} : { account: id }
  const note = `No longer a customer: ${reason}`
  await recordAudit(db, {
    at: now,
    who: 'rounds',
    act: 'account.retire',
    subject: `account:${id}`,
    ...about,
    isNow: note,
  })
  await endAlerts(db, account, note, now)
  await dropAnnouncementsOfRuns(db, account, now)
  for (const { id: task, state } of await readTasks(db, { account, isOpen: true })) {
    if (!(await changeTask(db, task, { kind: 'skip', note }, 'rounds', now))) continue
    const isNow = `skipped, ${note}`
    await recordAudit(db, {
      at: now,
      who: 'rounds',
      act: 'task.skip',
      subject: `task:${task}`,
      ...about,
      was: state,
      isNow,
    })
    const ended = await findTaskOrNone(db, task)
    if (ended !== undefined) await refreshTaskMessages(db, ended)
  }
}
