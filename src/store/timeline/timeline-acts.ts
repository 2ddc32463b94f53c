import { sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import type { TimelineEntry } from '../../domain/timeline/timeline.ts'
import { auditNames, markOfAccount } from '../audit/audit-names.ts'
import type { Db } from '../tables.ts'

/** One act of a person, from the audit log, with what it was done to. */
type Act = {
  readonly at: Instant
  readonly who: string
  readonly act: string
  readonly is_now: string | null
  readonly alert: string | null
  readonly holder: string | null
  readonly claimed_at: Instant | null
  readonly resolution: string | null
  readonly title: string | null
  readonly assignee: string | null
  readonly task_note: string | null
  readonly task_alert: string | null
}

/** What people, and Rounds itself, did with the alerts and tasks of an account, each with who it was. */
export async function readActs(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('alerts', 'alerts.id', 'audit.subject')
    .leftJoin('tasks', join => join.on('tasks.id', '=', sql`substr(audit.subject, 6)`))
    .leftJoin('playbook_runs', 'playbook_runs.id', 'tasks.run')
    .leftJoin('alerts as task_alerts', 'task_alerts.id', 'playbook_runs.alert')
    .select(['audit.at', 'who', 'act', 'is_now', 'alerts.kind as alert', 'alerts.claimed_by as holder'])
    .select(['alerts.claimed_at', 'alerts.resolution', 'tasks.title', 'tasks.assignee', 'tasks.note as task_note'])
    .select('task_alerts.kind as task_alert')
    .where('audit.account', '=', markOfAccount(account))
    .where('audit.at', '<=', until)
    .where(({ eb, or }) => or([eb('alerts.id', 'is not', null), eb('tasks.id', 'is not', null)]))
    .orderBy('audit.id', 'desc')
    .limit(most)
    .execute()
  const named = await auditNames(db)
  return rows.flatMap(row => entryOf({ ...row, who: named(row.who) }) ?? [])
}

function entryOf(act: Act): TimelineEntry | undefined {
  const { at, who: by, alert, holder, title } = act
  if (alert !== null) return alertEntry(act, { at, alert, by, ...(holder !== null && { holder }) })
  if (title === null) return undefined
  const { assignee, task_alert } = act
  const about = {
    at,
    title,
    by,
    ...(assignee !== null && { holder: assignee }),
    ...(task_alert !== null && { alert: task_alert }),
  }
  return taskEntry(act, about)
}

type AboutAlert = { at: Instant; alert: string; by: string; holder?: string }

function alertEntry({ act, claimed_at, is_now, resolution }: Act, about: AboutAlert): TimelineEntry | undefined {
  switch (act) {
    case 'alert.claim':
      return { kind: 'alert_claimed', ...about }
    case 'alert.assign':
    case 'alert.join':
      // Who got it then is known as long as they have it.
      return { kind: 'alert_given', ...about, ...(claimed_at === about.at && about.holder && { to: about.holder }) }
    case 'alert.snooze':
      return { kind: 'alert_changed', change: 'snoozed', ...about }
    case 'alert.wake':
      return { kind: 'alert_changed', change: 'awake again', ...about }
    case 'alert.release':
      return { kind: 'alert_changed', change: 'open again', ...about }
    case 'alert.verdict':
      return { kind: 'alert_rated', verdict: is_now ?? '', ...about }
    case 'alert.resolve':
      return { kind: 'alert_resolved', ...about, ...(resolution !== null && { resolution }) }
    default:
      return undefined
  }
}

type AboutTask = { at: Instant; title: string; by: string; holder?: string; alert?: string }

function taskEntry({ act, task_note }: Act, about: AboutTask): TimelineEntry | undefined {
  switch (act) {
    case 'task.acknowledge':
      return { kind: 'task_changed', change: 'acknowledged', ...about }
    case 'task.reassign':
      return { kind: 'task_changed', change: 'reassigned', ...about }
    case 'task.release':
      return { kind: 'task_changed', change: 'open again', ...about }
    case 'task.done':
    case 'task.skip':
      return {
        kind: 'task_ended',
        state: act === 'task.done' ? 'done' : 'skipped',
        ...about,
        ...(task_note !== null && { note: task_note }),
      }
    default:
      return undefined
  }
}
