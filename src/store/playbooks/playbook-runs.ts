import { groupedBy } from '../../domain/grouped.ts'
import type { EarlierRun } from '../../domain/playbooks/play-choice.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { rowWriter } from '../row-writer.ts'
import type { Db } from '../tables.ts'

export type NewRun = {
  readonly id: string
  readonly playbook: string
  readonly label: string
  readonly account: number
  readonly alert?: string
  readonly cause: string
  readonly at: Instant
  readonly shown?: number
}

/** Adds runs, and returns the ids of those that begin: for the others, their cause has started the playbook already. */
export async function addRuns(db: Db, runs: readonly NewRun[]): Promise<Set<string>> {
  const rows = runs.map(({ id, playbook, label, account, alert = null, cause, at, shown = null }) => ({
    ...{ id, playbook, label, account, alert, cause, started_at: at, shown, announced_at: null },
  }))
  return new Set((await insertRuns(db, rows)).map(({ id }) => id))
}

const insertRuns = rowWriter('playbook_runs', insert =>
  insert.onConflict(conflict => conflict.doNothing()).returning('id'),
)

/** The runs of some accounts, and whether any of their tasks are still open. */
export async function earlierRuns(db: Db, accounts: readonly number[]): Promise<Map<number, EarlierRun[]>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom('playbook_runs')
    .selectAll()
    .select(({ selectFrom, exists }) =>
      exists(
        selectFrom('tasks')
          .select('tasks.id')
          .whereRef('tasks.run', '=', 'playbook_runs.id')
          .where('tasks.state', 'in', ['open', 'acknowledged']),
      ).as('has_open_tasks'),
    )
    .where('account', 'in', accounts)
    .execute()
  const runs = groupedBy(rows, row => row.account)
  return new Map(
    [...runs].map(([account, of]) => [
      account,
      of.map(row => ({
        playbook: row.playbook,
        cause: row.cause,
        startedAt: row.started_at,
        hasOpenTasks: Boolean(row.has_open_tasks),
      })),
    ]),
  )
}

/**
 * Skips the tasks that nobody has begun yet, of the runs for one account's falls since an instant; returns their ids.
 */
export async function skipUntouched(
  db: Db,
  account: number,
  since: Instant,
  { note, at, but }: { readonly note: string; readonly at: Instant; readonly but: string },
): Promise<string[]> {
  return (await skipOpen(db, account, since, note, at, but)).map(({ id }) => id)
}

const skipOpen = compiledOnce((db, account: number, since: Instant, note: string, at: Instant, but: string) =>
  db
    .updateTable('tasks')
    .set({ state: 'skipped', note, ended_at: at })
    .where('state', '=', 'open')
    .where('run', 'in', ({ selectFrom }) =>
      selectFrom('playbook_runs')
        .select('playbook_runs.id')
        .where('playbook_runs.account', '=', account)
        .where('playbook_runs.started_at', '>=', since)
        .where('playbook_runs.id', '!=', but)
        .where('playbook_runs.cause', 'like', 'fall:%'),
    )
    .returning('id'),
)

export type Run = {
  readonly id: string
  readonly label: string
  readonly alert?: string
  readonly startedAt: Instant
  readonly account: { readonly id: string; readonly name: string }
}

/** What an account's runs are called, by their id. */
export async function labelsOfRuns(db: Db, account: number): Promise<Map<string, string>> {
  const rows = await db.selectFrom('playbook_runs').select(['id', 'label']).where('account', '=', account).execute()
  return new Map(rows.map(({ id, label }) => [id, label]))
}

export async function findRunOrNone(db: Db, id: string): Promise<Run | undefined> {
  return (await readRuns(db).where('playbook_runs.id', '=', id).execute()).map(runOf)[0]
}

/** Runs since an instant whose task list is not in the outbox yet, oldest first; a run waits while its alert waits. */
export async function runsToAnnounce(db: Db, since: Instant): Promise<Run[]> {
  const rows = await readRuns(db)
    .leftJoin('alerts', 'alerts.id', 'playbook_runs.alert')
    .where('announced_at', 'is', null)
    .where('started_at', '>=', since)
    .where(({ eb, or }) => or([eb('alerts.pending_news', 'is', null), eb('alerts.pending_news', '!=', 'opened')]))
    .orderBy('started_at')
    .orderBy('playbook_runs.id')
    .execute()
  return rows.map(runOf)
}

/** True for the process that announces it. */
export async function markRunAnnounced(db: Db, id: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('playbook_runs')
    .set({ announced_at: at })
    .where('id', '=', id)
    .where('announced_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Drops the announcements of an account's runs that were not announced yet. */
export async function dropAnnouncementsOfRuns(db: Db, account: number, at: Instant): Promise<void> {
  await db
    .updateTable('playbook_runs')
    .set({ announced_at: at })
    .where('account', '=', account)
    .where('announced_at', 'is', null)
    .execute()
}

/** How many runs began at an instant, and for how many accounts. */
export async function countRunsAt(db: Db, at: Instant): Promise<{ runs: number; concerned: number }> {
  const { runs, concerned } = await db
    .selectFrom('playbook_runs')
    .select(({ fn }) => [fn.countAll<number>().as('runs'), fn.count<number>('account').distinct().as('concerned')])
    .where('started_at', '=', at)
    .executeTakeFirstOrThrow()
  return { runs: Number(runs), concerned: Number(concerned) }
}

export async function runOfAlertOrNone(db: Db, alert: string): Promise<Run | undefined> {
  return (await readRuns(db).where('alert', '=', alert).execute()).map(runOf)[0]
}

function readRuns(db: Db) {
  return db
    .selectFrom('playbook_runs')
    .innerJoin('accounts', 'accounts.key', 'playbook_runs.account')
    .select(['playbook_runs.id', 'label', 'alert', 'playbook_runs.started_at'])
    .select(['accounts.id as account_id', 'accounts.name as account_name'])
}

type RunRow = Awaited<ReturnType<ReturnType<typeof readRuns>['execute']>>[number]

function runOf({ id, label, alert, started_at, account_id, account_name }: RunRow): Run {
  return {
    id,
    label,
    startedAt: started_at,
    account: { id: account_id, name: account_name },
    ...(alert !== null && { alert }),
  }
}
