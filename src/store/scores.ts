import { roleOf, type Standing } from '../domain/alert.ts'
import { ALERT_KINDS, type AlertKind } from '../domain/alert-kind.ts'
import { groupedBy } from '../domain/grouped.ts'
import { type Day, dayOf, type Instant } from '../domain/instant.ts'
import type { Judgement } from '../domain/judge.ts'
import type { Scoring } from '../domain/settle.ts'
import { markDue } from './due-accounts.ts'
import { slices } from './slices.ts'
import type { Db } from './tables.ts'
import type { KeyRange } from './window-scan.ts'

/** How a day's row came to be: told as it was scored; filled in later; or a number alone, that settled nothing. */
export type Origin = 'scheduled' | 'filled' | 'number'

/** What was told and found before an instant, of each account in a range. */
export type PastScores = {
  told(account: number): Standing | undefined
  earlier(account: number): readonly Scoring[]
}

/**
 * The scorings of the days before `day` under one model, and what was told last. Scorings of another model do not
 * count: a new model begins with a new, silent baseline.
 */
export async function readPastScores(
  db: Db,
  accounts: KeyRange,
  day: Day,
  model: number,
  dwell: number,
  source: 'standings' | 'scores',
): Promise<PastScores> {
  const days = await settledDaysBefore(db, day, dwell)
  const rows =
    days.length === 0
      ? []
      : await db
          .selectFrom('scores')
          .selectAll()
          .where('day', 'in', days)
          .where('account', '>=', accounts.first)
          .where('account', '<=', accounts.last)
          .where('origin', '!=', 'number')
          .orderBy('day', 'desc')
          .execute()
  const earlier = groupedBy(
    rows.filter(row => row.model === model),
    row => row.account,
  )
  const newest = groupedBy(rows, row => row.account)
  const standings =
    source === 'scores'
      ? []
      : await db
          .selectFrom('standings')
          .selectAll()
          .where('account', '>=', accounts.first)
          .where('account', '<=', accounts.last)
          .where('model', '=', model)
          .execute()
  const told = new Map(standings.map(row => [row.account, row]))
  return {
    earlier: account =>
      (earlier.get(account) ?? []).slice(0, dwell).map(row => ({
        ...(row.shown !== null && { shown: row.shown }),
        hasSharpDrop: row.has_sharp_drop === 1,
        expansionHeld: row.expansion_held === 1,
        ...rulesOf(row),
      })),
    told: account => {
      const row = source === 'standings' ? told.get(account) : newest.get(account)?.[0]
      if (row === undefined || row.model !== model) return undefined
      return {
        verdict: row.verdict,
        hasSharpDrop: row.has_sharp_drop === 1,
        expansionReady: row.expansion_ready === 1,
        ...rulesOf(row),
      }
    },
  }
}

function rulesOf({ rules_held: held }: { rules_held: string | null }): { rules?: readonly AlertKind[] } {
  return held === null ? {} : { rules: ALERT_KINDS.filter(kind => held.split(',').includes(kind)) }
}

/** The newest days with scorings, each found by one seek; a few more than `dwell`, for accounts that missed one. */
async function settledDaysBefore(db: Db, day: Day, dwell: number): Promise<Day[]> {
  const days: Day[] = []
  for (let before = day; days.length < dwell + 5; ) {
    const row = await db
      .selectFrom('scores')
      .select('day')
      .where('day', '<', before)
      .where('origin', '!=', 'number')
      .orderBy('day', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) break
    days.push(row.day)
    before = row.day
  }
  return days
}

/** When the newest score of any account was made. */
export async function newestScoringOrNone(db: Db): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('standings')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** Whether a day after this one was scored on schedule. */
export async function hasScheduledAfter(db: Db, day: Day): Promise<boolean> {
  const later = db.selectFrom('scores').select('day').where('day', '>', day).where('origin', '=', 'scheduled')
  return (await later.limit(1).executeTakeFirst()) !== undefined
}

export async function markDueIfScoredAfter(db: Db, scored: readonly ScoredAccount[], at: Instant): Promise<void> {
  for (const part of slices(scored.map(({ account }) => account))) {
    const newer = await db
      .selectFrom('standings')
      .select('account')
      .where('account', 'in', part)
      .where('at', '>', at)
      .execute()
    for (const { account } of newer) await markDue(db, account)
  }
}

export type SettledDay = { readonly origin: Origin; readonly at: Instant }

/** The accounts of a range whose day has been settled already: how, and as of when. */
export async function settledOn(db: Db, accounts: KeyRange, day: Day): Promise<Map<number, SettledDay>> {
  const rows = await db
    .selectFrom('scores')
    .select(['account', 'origin', 'at'])
    .where('day', '=', day)
    .where('account', '>=', accounts.first)
    .where('account', '<=', accounts.last)
    .where('origin', '!=', 'number')
    .execute()
  return new Map(rows.map(({ account, origin, at }) => [account, { origin: origin as Origin, at }]))
}

export type ScoredAccount = { readonly account: number; readonly judgement: Judgement }

/** Writes the rows of their days; a bare number never replaces the verdict of a day that was settled. */
export async function saveScores(
  db: Db,
  scored: readonly ScoredAccount[],
  model: number,
  origin: Origin,
): Promise<void> {
  const rows = scored.map(({ account, judgement: { health, standing, expansionHeld } }) => ({
    day: dayOf(health.now.at),
    account,
    at: health.now.at,
    origin,
    score: health.now.score?.value ?? null,
    shown: health.now.score?.shown ?? null,
    band: health.now.score?.band.id ?? null,
    verdict: standing.verdict,
    coverage: health.now.coverage,
    segment: health.now.segment ?? null,
    model,
    has_sharp_drop: standing.hasSharpDrop ? 1 : 0,
    expansion_held: expansionHeld ? 1 : 0,
    expansion_ready: standing.expansionReady ? 1 : 0,
    rules_held: standing.rules?.join(',') ?? null,
  }))
  for (const part of slices(rows)) {
    await db
      .insertInto('scores')
      .values(part)
      .onConflict(conflict =>
        conflict
          .columns(['day', 'account'])
          .doUpdateSet(({ ref }) => ({
            at: ref('excluded.at'),
            score: ref('excluded.score'),
            shown: ref('excluded.shown'),
            band: ref('excluded.band'),
            coverage: ref('excluded.coverage'),
            segment: ref('excluded.segment'),
            model: ref('excluded.model'),
            ...(origin !== 'number' && {
              origin: ref('excluded.origin'),
              verdict: ref('excluded.verdict'),
              has_sharp_drop: ref('excluded.has_sharp_drop'),
              expansion_held: ref('excluded.expansion_held'),
              expansion_ready: ref('excluded.expansion_ready'),
              rules_held: ref('excluded.rules_held'),
            }),
          }))
          // A number alone leaves what was settled that day as it was, unless it is of that very instant.
          .where(({ eb, ref, lit, or }) =>
            origin === 'number'
              ? or([eb('scores.origin', '=', 'number'), eb('scores.at', '=', ref('excluded.at'))])
              : eb(lit(1), '=', 1),
          ),
      )
      .execute()
  }
}

/** Makes these the numbers and verdicts that people see; unless `isFinal`, only where no newer ones stand. */
export async function saveStandings(
  db: Db,
  scored: readonly ScoredAccount[],
  model: number,
  reasonOf: (judgement: Judgement) => string,
  isFinal = false,
): Promise<void> {
  const rows = scored.map(({ account, judgement }) => {
    const { health, standing } = judgement
    return {
      account,
      at: health.now.at,
      score: health.now.score?.value ?? null,
      shown: health.now.score?.shown ?? null,
      verdict: standing.verdict,
      role: roleOf(health.now.bands, standing.verdict) ?? null,
      has_sharp_drop: standing.hasSharpDrop ? 1 : 0,
      expansion_ready: standing.expansionReady ? 1 : 0,
      coverage: health.now.coverage,
      change_30d: health.trend[0]?.points ?? null,
      reason: reasonOf(judgement),
      model,
      rules_held: standing.rules?.join(',') ?? null,
    }
  })
  for (const part of slices(rows)) {
    await db
      .insertInto('standings')
      .values(part)
      .onConflict(conflict =>
        conflict
          .column('account')
          .doUpdateSet(({ ref }) => ({
            at: ref('excluded.at'),
            score: ref('excluded.score'),
            shown: ref('excluded.shown'),
            verdict: ref('excluded.verdict'),
            role: ref('excluded.role'),
            has_sharp_drop: ref('excluded.has_sharp_drop'),
            expansion_ready: ref('excluded.expansion_ready'),
            coverage: ref('excluded.coverage'),
            change_30d: ref('excluded.change_30d'),
            reason: ref('excluded.reason'),
            model: ref('excluded.model'),
            rules_held: ref('excluded.rules_held'),
          }))
          .where(({ eb, ref, lit }) =>
            isFinal ? eb(lit(1), '=', 1) : eb(ref('excluded.at'), '>=', ref('standings.at')),
          ),
      )
      .execute()
  }
}

export async function saveTransitions(db: Db, scored: readonly ScoredAccount[]): Promise<void> {
  const rows = scored.flatMap(({ account, judgement: { health, transitions } }) =>
    transitions.map(({ kind, from, to, driver }) => ({
      account,
      at: health.now.at,
      kind,
      from_state: from,
      to_state: to,
      shown: health.now.score?.shown ?? null,
      driver: driver ?? null,
    })),
  )
  for (const part of slices(rows)) {
    await db
      .insertInto('transitions')
      .values(part)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

/** The days on which an account was scored as they came. */
export async function settledDays(db: Db, account: number): Promise<Set<Day>> {
  const rows = await db
    .selectFrom('scores')
    .select('day')
    .where('account', '=', account)
    .where('origin', '=', 'scheduled')
    .execute()
  return new Set(rows.map(({ day }) => day))
}
