import type { Task, TaskChange, TaskState } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { auditNames } from '../audit/audit-names.ts'
import { compiledOnce } from '../compiled-once.ts'
import { rowWriter } from '../row-writer.ts'
import type { Db } from '../tables.ts'

export type NewTask = {
  readonly id: string
  readonly account: number
  readonly run?: string
  readonly title: string
  readonly role: string
  readonly assignee?: string
  readonly at: Instant
  readonly dueAt: Instant
}

export async function addTask(db: Db, task: NewTask): Promise<boolean> {
  return (await addTasks(db, [task])) === 1
}

/** Adds tasks, and returns how many were new. */
export async function addTasks(db: Db, tasks: readonly NewTask[]): Promise<number> {
  const rows = tasks.map(({ id, account, run = null, title, role, assignee = null, at, dueAt }) => ({
    ...{ id, account, run, title, role, assignee, state: 'open' },
    ...{ created_at: at, due_at: dueAt, ended_at: null, note: null, escalation_step: 0 },
  }))
  return (await insertTasks(db, rows)).length
}

const insertTasks = rowWriter('tasks', insert =>
  insert.onConflict(conflict => conflict.column('id').doNothing()).returning('id'),
)

/** One conditional write: of any number of simultaneous changes that end a task, one gets true. */
export async function changeTask(db: Db, id: string, change: TaskChange, by: string, at: Instant): Promise<boolean> {
  const tasks = db.updateTable('tasks').where('id', '=', id)
  const unended = tasks.where('state', 'in', ['open', 'acknowledged'])
  const write = () => {
    switch (change.kind) {
      case 'acknowledge':
        return tasks
          .set(({ fn, ref, val }) => ({ state: 'acknowledged', assignee: fn.coalesce(ref('assignee'), val(by)) }))
          .where('state', '=', 'open')
      case 'done':
        return unended.set({ state: 'done', note: change.note ?? null, ended_at: at })
      case 'skip':
        return unended.set({ state: 'skipped', note: change.note, ended_at: at })
      case 'reassign':
        return unended
          .set({ assignee: change.to, state: 'open' })
          .where(({ eb, or }) => or([eb('assignee', 'is', null), eb('assignee', '!=', change.to)]))
    }
  }
  const { numUpdatedRows } = await write().executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function findTaskOrNone(db: Db, id: string): Promise<Task | undefined> {
  return (await readTasks(db, { ids: [id] }))[0]
}

export type TaskFilter = {
  readonly ids?: readonly string[]
  readonly run?: string
  /** Those whose playbook answers one of these. */
  readonly alerts?: readonly string[]
  readonly assignee?: string
  readonly account?: number
  readonly isOpen?: boolean
  readonly dueBefore?: Instant
}

/** The tasks that match, by due time. */
export async function readTasks(
  db: Db,
  { ids, run, alerts, assignee, account, isOpen, dueBefore }: TaskFilter,
): Promise<Task[]> {
  if (ids?.length === 0 || alerts?.length === 0) return []
  let query = tasksWithDetails(db)
  if (ids !== undefined) query = query.where('tasks.id', 'in', ids)
  if (alerts !== undefined) query = query.where('playbook_runs.alert', 'in', alerts)
  if (run !== undefined) query = query.where('run', '=', run)
  if (assignee !== undefined) query = query.where('assignee', '=', assignee)
  if (account !== undefined) query = query.where('tasks.account', '=', account)
  if (isOpen === true) query = query.where('tasks.state', 'in', ['open', 'acknowledged'])
  if (dueBefore !== undefined) query = query.where('due_at', '<', dueBefore)
  const rows = await query.orderBy('due_at').orderBy('tasks.created_at').orderBy('tasks.id').execute()
  return rows.map(taskOf)
}

function tasksWithDetails(db: Db) {
  return db
    .selectFrom('tasks')
    .innerJoin('accounts', 'accounts.key', 'tasks.account')
    .leftJoin('people', 'people.email', 'tasks.assignee')
    .leftJoin('playbook_runs', 'playbook_runs.id', 'tasks.run')
    .leftJoin('alerts', 'alerts.id', 'playbook_runs.alert')
    .leftJoin('undos', join =>
      join.onRef('undos.subject_id', '=', 'tasks.id').on('undos.subject', '=', 'task').on('undos.ended_at', 'is', null),
    )
    .selectAll('tasks')
    .select(['accounts.id as account_id', 'accounts.name as account_name'])
    .select(['people.name as person_name', 'people.time_zone'])
    .select([
      'undos.id as undo',
      'alerts.id as alert_id',
      'alerts.kind as alert_kind',
      'alerts.claimed_by as alert_holder',
    ])
    .select('alerts.state as alert_state')
}

type TaskRow = Awaited<ReturnType<ReturnType<typeof tasksWithDetails>['execute']>>[number]

function taskOf(row: TaskRow): Task {
  return {
    id: row.id,
    account: { id: row.account_id, name: row.account_name },
    title: row.title,
    role: row.role,
    state: row.state as TaskState,
    createdAt: row.created_at,
    dueAt: row.due_at,
    stepsTaken: row.escalation_step,
    ...(row.run !== null && { run: row.run }),
    ...(row.undo !== null && { undo: row.undo }),
    ...(row.alert_kind !== null && {
      alert: {
        ...{ id: row.alert_id ?? '', kind: row.alert_kind, isResolved: row.alert_state === 'resolved' },
        ...(row.alert_holder !== null && { holder: row.alert_holder }),
      },
    }),
    ...(row.reopened_at !== null && { reopenedAt: row.reopened_at }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(row.note !== null && { note: row.note }),
    ...(row.assignee !== null && {
      assignee: {
        email: row.assignee,
        ...(row.person_name !== null && { name: row.person_name }),
        ...(row.time_zone !== null && { timeZone: row.time_zone }),
      },
    }),
  }
}

/** The open tasks of an account, by due time. Most accounts have none, which the first query tells. */
export async function openTasksOf(db: Db, account: number): Promise<Task[]> {
  const open = await openIds(db, account)
  return open.length === 0 ? [] : readTasks(db, { ids: open.map(({ id }) => id) })
}

const openIds = compiledOnce((db, account: number) =>
  db.selectFrom('tasks').select('id').where('account', '=', account).where('state', 'in', ['open', 'acknowledged']),
)

/** Who changed a task last, by the audit log. */
export async function lastChangeOrNone(db: Db, id: string): Promise<{ who: string; at: Instant } | undefined> {
  const acts = db.selectFrom('audit').select(['who', 'at']).where('subject', '=', `task:${id}`)
  const last = await acts.where('act', 'like', 'task.%').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return last && { ...last, who: (await auditNames(db))(last.who) }
}
