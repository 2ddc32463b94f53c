import { groupedBy } from '../../domain/grouped.ts'
import type { PlayedAccount } from '../../domain/playbooks/play-outcome.ts'
import { DAY, type Day, dayOf, type Instant, startOfDay } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

const LATER = 30

export type PlayHistory = {
  readonly playbook: string
  readonly label: string
  /** Runs begun, also those whose 30 days are not over. */
  readonly begun: number
  readonly played: readonly PlayedAccount[]
  readonly quiet: readonly PlayedAccount[]
}

/**
 * For each playbook, the accounts it was begun for, and the others scored on those days, each with its score 30 days
 * before and after.
 */
export async function readPlayHistories(db: Db): Promise<PlayHistory[]> {
  const rows = await db.selectFrom('playbook_runs').selectAll().orderBy('started_at').execute()
  const runs = rows.map(row => ({ ...row, day: dayOf(row.started_at) }))
  const days = new Map<Day, Map<number, PlayedAccount>>()
  for (const { day } of runs) if (!days.has(day)) days.set(day, await scoresOn(db, day))
  const byAccount = groupedBy(runs, ({ account }) => account)
  const hasPlayNear = (account: number, day: Day) =>
    (byAccount.get(account) ?? []).some(run => Math.abs(timeOf(run.day) - timeOf(day)) <= LATER * DAY)

  return [...groupedBy(runs, ({ playbook }) => playbook)].map(([playbook, of]) => ({
    playbook,
    label: of.at(-1)?.label ?? playbook,
    begun: of.length,
    played: of.flatMap(({ day, account }) => days.get(day)?.get(account) ?? []),
    quiet: [...new Set(of.map(({ day }) => day))].flatMap(day =>
      [...(days.get(day) ?? [])].filter(([account]) => !hasPlayNear(account, day)).map(([, scores]) => scores),
    ),
  }))
}

/** The playbooks that began since an instant, each once. */
export async function playbooksStartedSince(db: Db, since: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('playbook_runs')
    .select('playbook')
    .distinct()
    .where('started_at', '>=', since)
    .execute()
  return rows.map(({ playbook }) => playbook)
}

/**
 * Every account with a score on a day and 30 days later, under one model; also its score 30 days earlier, if it has
 * one.
 */
async function scoresOn(db: Db, day: Day): Promise<Map<number, PlayedAccount>> {
  const rows = await db
    .selectFrom('scores as before')
    .innerJoin('scores as after', join =>
      join
        .onRef('after.account', '=', 'before.account')
        .onRef('after.model', '=', 'before.model')
        .on('after.day', '=', dayOf(timeOf(day) + LATER * DAY)),
    )
    .leftJoin('scores as earlier', join =>
      join
        .onRef('earlier.account', '=', 'before.account')
        .onRef('earlier.model', '=', 'before.model')
        .on('earlier.day', '=', dayOf(timeOf(day) - LATER * DAY)),
    )
    .select(['before.account', 'before.band', 'before.shown as before_shown', 'after.shown as after_shown'])
    .select('earlier.shown as earlier_shown')
    .where('before.day', '=', day)
    .execute()
  return new Map(
    rows.flatMap(({ account, band, before_shown: before, after_shown: after, earlier_shown: earlier }) =>
      band === null || before === null || after === null
        ? []
        : [[account, { day, band, before, after, ...(earlier !== null && { earlier }) }] as const],
    ),
  )
}

function timeOf(day: Day): number {
  return startOfDay(day) ?? 0
}
