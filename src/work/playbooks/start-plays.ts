import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import { choosePlays, type PlayCase, type PlayStart, playsCalledFor } from '../../domain/playbooks/play-choice.ts'
import { taskDue } from '../../domain/playbooks/task-due.ts'
import type { ScoringMode } from '../../domain/scoring/evaluate.ts'
import type { Calendar } from '../../domain/time/business-time.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import { alertsOpenedAt } from '../../store/alerts/alerts-opened.ts'
import { type AuditEntry, recordAudits } from '../../store/audit/audit.ts'
import { addRuns, earlierRuns, type NewRun, skipUntouched } from '../../store/playbooks/playbook-runs.ts'
import { addTasks, findTaskOrNone, type NewTask } from '../../store/playbooks/tasks.ts'
import type { ScoredAccount } from '../../store/scoring/scores.ts'
import type { Db } from '../../store/tables.ts'
import { findAssignees } from './assignees.ts'
import { refreshTaskMessages } from './refresh-tasks.ts'

export type PlayStarts = {
  readonly model: Model
  readonly routes: Routes
  readonly at: Instant
  readonly newId: () => string
}

type PlayAccount = ScoredAccount & {
  readonly id: string
  readonly mode: ScoringMode
  readonly driver: string | undefined
  readonly shownBefore: number | undefined
}

/** Starts the playbooks that a scoring calls for, with their tasks; part of the scoring's own transaction. */
export async function startPlays(db: Db, starts: PlayStarts, scored: readonly PlayAccount[]): Promise<void> {
  const { model, at } = starts
  if (model.playbooks.length === 0) return
  const opened = await alertsOpenedAt(
    db,
    scored.map(({ account }) => account),
    at,
  )
  const called = scored.flatMap(entry => {
    const found = caseOf(entry, starts, opened.get(entry.account) ?? [])
    return found !== undefined && playsCalledFor(found).length > 0
      ? [{ account: entry.account, id: entry.id, found }]
      : []
  })
  const earlier = await earlierRuns(
    db,
    called.map(({ account }) => account),
  )
  const wanted = called.flatMap(({ account, id, found }) =>
    choosePlays(found, earlier.get(account) ?? []).map(play => ({ run: starts.newId(), account, id, play, found })),
  )
  const begun = await addRuns(db, wanted.map(runOf))
  await begin(
    db,
    starts,
    wanted.filter(({ run }) => begun.has(run)),
  )
}

/** A play that starts, with the id of its run and of its account. */
type Start = {
  readonly run: string
  readonly account: number
  readonly id: string
  readonly play: PlayStart
  readonly found: PlayCase
}

function runOf({ run, account, play, found: { shown, at } }: Start): NewRun {
  const { playbook, cause, alert } = play
  return {
    ...{ id: run, playbook: playbook.id, label: playbook.label, account, cause, at },
    ...(alert !== undefined && { alert }),
    ...(shown !== undefined && { shown }),
  }
}

/** Most accounts have not changed, and need no further look. */
function caseOf(
  { score, shownBefore, driver, mode }: PlayAccount,
  { model, at }: PlayStarts,
  opened: PlayCase['opened'],
): PlayCase | undefined {
  const isScheduled = mode === 'scheduled'
  const shown = score?.shown
  const mayEnter = isScheduled && shownBefore !== undefined && shownBefore !== shown
  if (!mayEnter && opened.length === 0) return undefined
  return {
    ...{ playbooks: model.playbooks, opened, isScheduled, at },
    ...(shown !== undefined && { shown }),
    ...(shownBefore !== undefined && { shownBefore }),
    ...(driver !== undefined && { driver }),
  }
}

/** Their tasks, and what the audit log says of them; what they take the place of is skipped. */
async function begin(db: Db, { routes, at, newId }: PlayStarts, starts: readonly Start[]): Promise<void> {
  if (starts.length === 0) return
  const accounts = starts.map(({ account }) => account)
  const { assignee: assigneeOf, calendar } = await findAssignees(db, routes, accounts, at)
  const dueOf = duesFrom(at)
  const tasks: NewTask[] = []
  for (const { run, account, play } of starts) {
    for (const { title, role, due } of play.playbook.tasks) {
      const assignee = assigneeOf(account, role)
      const task = { id: newId(), account, run, title, role, at, dueAt: dueOf(due, calendar(assignee)) }
      tasks.push(assignee === undefined ? task : { ...task, assignee })
    }
  }
  await addTasks(db, tasks)
  const entries: AuditEntry[] = []
  const skipped: string[] = []
  for (const { run, account, id, play } of starts) {
    const about = { at, who: 'rounds', account: id }
    const { label, tasks } = play.playbook
    const isNow = `"${label}" with ${counted(tasks.length, 'task')}`
    entries.push({ ...about, act: 'play.start', subject: `run:${run}`, isNow })
    if (!play.replaces) continue
    const note = `"${label}" replaced it`
    for (const task of await skipUntouched(db, account, at - 7 * DAY, { note, at, but: run })) {
      const isNow = `skipped, ${note}`
      entries.push({ ...about, act: 'task.skip', subject: `task:${task}`, was: 'open', isNow })
      skipped.push(task)
    }
  }
  await recordAudits(db, entries)
  for (const id of skipped) {
    const task = await findTaskOrNone(db, id)
    if (task !== undefined) await refreshTaskMessages(db, task)
  }
}

/** When tasks are due that begin at an instant: everybody works the same hours, so that a zone and a time to do it tell. */
function duesFrom(at: Instant): (written: string, calendar: Calendar) => Instant {
  const known = new Map<string, Instant>()
  return (written, calendar) => {
    const key = `${written} ${calendar.timeZone}`
    const due = known.get(key) ?? taskDue(at, written, calendar)
    known.set(key, due)
    return due
  }
}
