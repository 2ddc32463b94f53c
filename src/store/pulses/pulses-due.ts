import { sql } from 'kysely'
import { PULSE_METRIC } from '../../domain/pulses/pulse.ts'
import { EVENT_METRICS, type PulseFacts, pulseDue } from '../../domain/pulses/pulse-due.ts'
import { type Duration, type Instant, startOfDay } from '../../domain/time/instant.ts'
import { attributeOfAll, type Known } from '../accounts/attribute-of-all.ts'
import { observedAt, receivedAt } from '../engine/signals/signal-times.ts'
import { weekOf } from '../engine/signals/week.ts'
import type { Db } from '../tables.ts'

type Line = { readonly key: number; readonly renewalOn?: string }

/** Up to this many accounts are looked up one by one. */
const FEW = 2_000

/**
 * Which of these accounts wait for a pulse from their owners: the same answer as owner by owner, in a few statements.
 * Reads who owns them, unless that is given.
 */
export async function accountsWithPulseDue(
  db: Db,
  lines: readonly Line[],
  cadence: Duration,
  at: Instant,
  known?: ReadonlyMap<number, Known>,
): Promise<ReadonlySet<number>> {
  if (lines.length === 0) return new Set()
  const few = lines.length > FEW ? undefined : lines.map(({ key }) => key)
  const window = { after: at - cadence, until: at, few }
  const rated = await newestSignals(db, [PULSE_METRIC], window)
  const met = await newestSignals(db, EVENT_METRICS.meeting, window, 0)
  const complained = await newestSignals(db, EVENT_METRICS.complaint, window, 0)
  const longAgo = await firstPulses(db, at, few)
  const expiries = await expiriesOf(db, at, few)
  const owners = known ?? (await attributeOfAll(db, 'owner', at))
  const isDue = ({ key, renewalOn }: Line) => {
    const last = rated.get(key) ?? longAgo.get(key)
    const after = Math.max(last ?? -Infinity, window.after)
    const expiresAt = last === undefined ? undefined : expiries.get(`${key}:${last}`)
    const happened = (time: Instant | undefined) => time !== undefined && time > after && time <= at
    const [meeting, complaint, renewal] = [met.get(key), complained.get(key), startOfDay(renewalOn ?? '')]
    const facts: PulseFacts = {
      ...(last !== undefined && { last: { at: last, ...(expiresAt !== undefined && { expiresAt }) } }),
      ownedSince: owners.get(key)?.since ?? at,
      events: {
        ...(meeting !== undefined && happened(meeting) && { meeting }),
        ...(complaint !== undefined && happened(complaint) && { complaint }),
        ...(renewal !== undefined && happened(renewal) && { renewal }),
      },
    }
    return pulseDue(facts, cadence, at) !== undefined
  }
  return new Set(lines.filter(line => owners.get(line.key)?.value !== undefined && isDue(line)).map(({ key }) => key))
}

type Window = { readonly after: Instant; readonly until: Instant; readonly few: readonly number[] | undefined }

/** One lookup per account, metric and week, however many signals lie between; only if there is one since. */
async function newestSignals(
  db: Db,
  metrics: readonly string[],
  { after, until, few }: Window,
  above = -Infinity,
): Promise<Map<number, Instant>> {
  const weeks = Array.from({ length: weekOf(until) - weekOf(after) + 1 }, (_, index) => weekOf(after) + index)
  const rows = await db
    .selectFrom(({ selectFrom }) =>
      selectFrom('series')
        .innerJoin('metrics', 'metrics.key', 'series.metric')
        .select('series.account as key')
        .distinct()
        .where('name', 'in', metrics)
        .where('newest_at', '>', after)
        .where('series.first_at', '<=', until)
        .$if(few !== undefined, having => having.where('series.account', 'in', few ?? []))
        .as('having'),
    )
    .select('having.key')
    .select(({ selectFrom }) =>
      selectFrom('signals')
        .select(({ fn }) => fn.max(observedAt).as('newest'))
        .where('signals.week', 'in', weeks)
        .whereRef('signals.account', '=', 'having.key')
        .where('signals.metric', 'in', selectFrom('metrics').select('metrics.key').where('name', 'in', metrics))
        .where(observedAt, '>', after)
        .where(observedAt, '<=', until)
        .where(receivedAt, '<=', until)
        .where('signals.value', '>', above === -Infinity ? -Number.MAX_VALUE : above)
        .as('newest'),
    )
    .execute()
  return new Map(rows.flatMap(({ key, newest }) => (newest === null ? [] : [[key, newest] as const])))
}

/** When accounts were first rated, if they were by then: only whether it was long ago matters. */
async function firstPulses(db: Db, at: Instant, few: readonly number[] | undefined): Promise<Map<number, Instant>> {
  const rows = await db
    .selectFrom('series')
    .innerJoin('metrics', 'metrics.key', 'series.metric')
    .select(['account', 'series.first_at'])
    .where('name', '=', PULSE_METRIC)
    .where('series.first_at', '<=', at)
    .$if(few !== undefined, pulses => pulses.where('account', 'in', few ?? []))
    .execute()
  return new Map(rows.map(({ account, first_at }) => [account, first_at]))
}

async function expiriesOf(db: Db, at: Instant, few: readonly number[] | undefined): Promise<Map<string, Instant>> {
  const pulses = db.selectFrom('pulses').select(['account', 'at', 'expires_at']).where('at', '<=', at)
  const rows = await pulses
    .where('expires_at', '<=', at)
    .$if(few !== undefined, pulses => pulses.where('account', 'in', few ?? []))
    .execute()
  return new Map(
    rows.flatMap(row => (row.expires_at === null ? [] : [[`${row.account}:${row.at}`, row.expires_at] as const])),
  )
}

/** The accounts whose owners may wait for a pulse as of an instant, but did not as of an earlier one. */
export async function pulsesMayBeDue(db: Db, since: Instant, at: Instant, cadence: Duration): Promise<number[]> {
  const metrics = [PULSE_METRIC, ...EVENT_METRICS.meeting, ...EVENT_METRICS.complaint]
  const rated = db
    .selectFrom('series')
    .innerJoin('metrics', 'metrics.key', 'series.metric')
    .select('account')
    .where('name', 'in', metrics)
    .where('newest_at', '>', since - cadence)
  const owned = db
    .selectFrom('account_attributes')
    .select('account')
    .where('attribute', '=', sql.lit('owner'))
    .where('known_from', '>', since - cadence)
    .where('known_from', '<=', at - cadence)
  const expired = db
    .selectFrom('pulses')
    .select('account')
    .where('expires_at', '>', since)
    .where('expires_at', '<=', at)
  const rows = await Promise.all([rated.distinct().execute(), owned.execute(), expired.execute()])
  return rows.flat().map(({ account }) => account)
}
