import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import { choosePlays, type PlayCase, type PlayStart, playsCalledFor } from '../../domain/playbooks/play-choice.ts'
import { taskDue } from '../../domain/playbooks/task-due.ts'
import type { ScoringMode } from '../../domain/scoring/evaluate.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { Routes } from '../../model/routes.ts'
import { accountByKeyOrNone } from '../../store/accounts/accounts.ts'
import { alertsOpenedAt } from '../../store/alerts/alerts-opened.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { addRun, earlierRuns, skipUntouched } from '../../store/playbooks/playbook-runs.ts'
import { addTask, findTaskOrNone } from '../../store/playbooks/tasks.ts'
import type { ScoredAccount } from '../../store/scoring/scores.ts'
import type { Db } from '../../store/tables.ts'
import { calendarOf, personFor } from '../schedule/business-calendar.ts'
import { refreshTaskMessages } from './refresh-tasks.ts'

export type PlayStarts = {
  readonly model: Model
  readonly routes: Routes
  readonly at: Instant
  readonly newId: () => string
}

type PlayAccount = ScoredAccount & {
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
    return found !== undefined && playsCalledFor(found).length > 0 ? [{ account: entry.account, found }] : []
  })
  const earlier = await earlierRuns(
    db,
    called.map(({ account }) => account),
  )
  for (const { account, found } of called) {
    const plays = choosePlays(found, earlier.get(account) ?? [])
    for (const play of plays) await start(db, starts, account, found.shown, play)
  }
}

/** Most accounts show what they showed: they are not looked at any further. */
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

async function start(
  db: Db,
  { routes, at, newId }: PlayStarts,
  account: number,
  shown: number | undefined,
  { playbook, cause, alert, replaces }: PlayStart,
): Promise<void> {
  const { id: name, label, tasks } = playbook
  const run = { id: newId(), playbook: name, label, account, cause, at }
  const isFirst = await addRun(db, {
    ...run,
    ...(alert !== undefined && { alert }),
    ...(shown !== undefined && { shown }),
  })
  if (!isFirst) return
  const people = new Map<string, string | undefined>()
  for (const role of new Set(tasks.map(({ role }) => role))) {
    people.set(role, await personFor(db, routes, role, account, at))
  }
  for (const { title, role, due } of tasks) {
    const assignee = people.get(role)
    const dueAt = taskDue(at, due, await calendarOf(db, routes, assignee))
    const task = { id: newId(), account, run: run.id, title, role, at, dueAt }
    await addTask(db, assignee === undefined ? task : { ...task, assignee })
  }
  await audit(db, account, at, {
    act: 'play.start',
    subject: `run:${run.id}`,
    isNow: `"${label}" with ${counted(tasks.length, 'task')}`,
  })
  if (!replaces) return
  const note = `"${label}" replaced it`
  for (const id of await skipUntouched(db, account, at - 7 * DAY, { note, at, but: run.id })) {
    await audit(db, account, at, { act: 'task.skip', subject: `task:${id}`, was: 'open', isNow: `skipped, ${note}` })
    const task = await findTaskOrNone(db, id)
    if (task !== undefined) await refreshTaskMessages(db, task)
  }
}

async function audit(
  db: Db,
  key: number,
  at: Instant,
  entry: { readonly act: string; readonly subject: string; readonly was?: string; readonly isNow: string },
): Promise<void> {
  const account = (await accountByKeyOrNone(db, key))?.id
  await recordAudit(db, { at, who: 'rounds', ...entry, ...(account !== undefined && { account }) })
}
