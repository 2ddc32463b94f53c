import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { CurrentStatus } from '../../domain/alerts/alert.ts'
import { ALERT_KINDS, type AlertKind } from '../../domain/alerts/alert-kind.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Scoring } from '../../domain/scoring/settle.ts'
import type { Day } from '../../domain/time/instant.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import type { Db, Tables } from '../tables.ts'

/** What the settled days before an instant say about each of these accounts. */
export type PastScores = {
  /** What was settled last; absent where another model settled it. */
  announced(account: number): CurrentStatus | undefined
  /** The scorings under this model since it was put into use, newest first: those that its dwell looks back on. */
  earlier(account: number): readonly Scoring[]
}

/**
 * The scorings of the days before `day` under one model. Scorings of another model do not count: a new model begins
 * with a new, silent baseline.
 */
export async function readPastScores(
  db: Db,
  accounts: AccountKeys,
  day: Day,
  model: number,
  dwell: number,
): Promise<PastScores> {
  // The scoring that is under way is the last of the dwell.
  const wanted = Math.max(1, dwell - 1)
  const days = await settledDaysBefore(db, day, Math.max(1, dwell) + DAYS_MISSED)
  const newest = await settledOn(db, accounts, days.slice(0, wanted))
  const found = groupedBy(newest, row => row.account)
  const short = accounts.filter(account => (found.get(account)?.length ?? 0) < wanted)
  const more = await settledOn(db, short, days.slice(wanted))
  const byAccount = more.length === 0 ? found : groupedBy([...newest, ...more], row => row.account)
  const ofModel = (account: number) => {
    const known = byAccount.get(account) ?? []
    const other = known.findIndex(row => row.model !== model)
    return other === -1 ? known : known.slice(0, other)
  }
  return {
    earlier: account => ofModel(account).slice(0, wanted).map(scoringOf),
    announced: account => {
      const [newest] = ofModel(account)
      return newest && currentStatusOf(newest)
    },
  }
}

/** How many more days to search for accounts that missed one. */
const DAYS_MISSED = 5

const SETTLED = ['account', 'model', 'shown', 'verdict', 'has_sharp_drop', 'expansion_held', 'expansion_ready'] as const

async function settledOn(db: Db, accounts: AccountKeys, days: readonly Day[]): Promise<SettledRow[]> {
  if (days.length === 0 || accounts.length === 0) return []
  return db
    .selectFrom('scores')
    .select([...SETTLED, 'rules_held'])
    .where('day', 'in', days)
    .where(isAmong('account', accounts))
    .where('origin', '!=', 'number')
    .orderBy('day', 'desc')
    .execute()
}

/**
 * What scheduled scorings of one model settled on these days, by account and day; `other` marks days of another model.
 */
export type SettledDays = ReadonlyMap<number, ReadonlyMap<Day, { status: CurrentStatus; scoring: Scoring } | 'other'>>

/** The days that a slot settled, of each of these accounts. */
export async function readSettledDays(
  db: Db,
  accounts: AccountKeys,
  days: readonly Day[],
  model: number,
): Promise<SettledDays> {
  const found = new Map<number, Map<Day, { status: CurrentStatus; scoring: Scoring } | 'other'>>()
  for (const day of days) {
    const rows = await db
      .selectFrom('scores')
      .selectAll()
      .where('day', '=', day)
      .where(isAmong('account', accounts))
      .where('origin', '=', 'scheduled')
      .execute()
    for (const row of rows) {
      const ofAccount = found.get(row.account) ?? new Map()
      found.set(row.account, ofAccount)
      ofAccount.set(day, row.model === model ? { status: currentStatusOf(row), scoring: scoringOf(row) } : 'other')
    }
  }
  return found
}

type SettledRow = Pick<Selectable<Tables['scores']>, (typeof SETTLED)[number] | 'rules_held'>

function scoringOf(row: SettledRow): Scoring {
  return {
    shown: row.shown ?? undefined,
    hasSharpDrop: row.has_sharp_drop === 1,
    expansionHeld: row.expansion_held === 1,
    rules: rulesOf(row),
  }
}

/** What a row says that people were shown. */
export function currentStatusOf(
  row: Pick<SettledRow, 'verdict' | 'has_sharp_drop' | 'expansion_ready' | 'rules_held'>,
): CurrentStatus {
  return {
    verdict: row.verdict,
    hasSharpDrop: row.has_sharp_drop === 1,
    expansionReady: row.expansion_ready === 1,
    rules: rulesOf(row),
  }
}

/** Undefined if no scoring has looked yet. */
function rulesOf({ rules_held: held }: { readonly rules_held: string | null }): readonly AlertKind[] | undefined {
  return held === null ? undefined : kindsIn(held)
}

const known = new Map<string, readonly AlertKind[]>()

/** Cached, since there are few different lists and each account needs two. */
function kindsIn(held: string): readonly AlertKind[] {
  const found = known.get(held)
  if (found !== undefined) return found
  const names = held.split(',')
  const kinds = ALERT_KINDS.filter(kind => names.includes(kind))
  known.set(held, kinds)
  return kinds
}

/** The newest days with scorings, each found by one seek. */
async function settledDaysBefore(db: Db, day: Day, most: number): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`with recursive days (day) as (
    select ${newestBefore(sql`${day}`)} union all select ${newestBefore(sql.ref('days.day'))} from days
    where days.day is not null
  ) select day from days where day is not null limit ${most}`.execute(db)
  return rows.map(({ day }) => day)
}

function newestBefore(day: RawBuilder<unknown>): RawBuilder<Day> {
  return sql`(select day from scores where scores.day < ${day} and origin <> 'number' order by scores.day desc limit 1)`
}
