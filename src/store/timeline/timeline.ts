import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import type { TimelineEntry } from '../../domain/timeline/timeline.ts'
import { auditNames, markOfAccount } from '../audit/audit-names.ts'
import { observedAt, receivedAt } from '../engine/signals/signal-times.ts'
import { WEEK } from '../engine/signals/week.ts'
import { listOutcomes } from '../outcomes/outcomes.ts'
import type { Db } from '../tables.ts'
import { readActs } from './timeline-acts.ts'

/** What happened to an account until an instant: at least the newest `most` entries, in no order. */
export async function readTimeline(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const found = await Promise.all(
    [pulses, comments, alerts, tasks, readActs, transitions, outcomes, attributes, corrections].map(read =>
      read(db, account, until, most),
    ),
  )
  return found.flat()
}

async function pulses(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('pulses')
    .select(['at', 'rating', 'note', 'person as by'])
    .where('account', '=', account)
    .where('at', '<=', until)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
  return rows.map(row => ({ kind: 'pulse', ...row }))
}

async function comments(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('comments')
    .select(['observed_at as at', 'text', 'sentiment', 'author', 'link'])
    .select(whoDid(account, 'comment.add', sql.ref('comments.id')).as('added_by'))
    .where('account', '=', account)
    .where('observed_at', '<=', until)
    .orderBy('observed_at', 'desc')
    .limit(most)
    .execute()
  const named = await auditNames(db)
  return rows.map(({ at, text, sentiment, author, link, added_by }) => ({
    kind: 'comment',
    at,
    text,
    ...(sentiment !== null && { sentiment }),
    ...(author !== null && { author }),
    ...(added_by !== null && { addedBy: named(added_by) }),
    ...(link !== null && { link }),
  }))
}

/** Who did something to a subject of the account, from the audit log, as a mark. */
function whoDid(account: number, act: string, subject: RawBuilder<unknown>) {
  return sql<string | null>`(select audit.who from audit where audit.subject = ${subject} and audit.act = ${act}
    and audit.account = ${markOfAccount(account)} limit 1)`
}

/** Alerts as they were opened; what became of them is among the acts. */
async function alerts(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('alerts')
    .select(['kind', 'reason', 'opened_at', 'claimed_by'])
    .where('account', '=', account)
    .where('opened_at', '<=', until)
    .orderBy('opened_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ kind: alert, reason, opened_at, claimed_by }) => ({
    kind: 'alert_opened',
    at: opened_at,
    alert,
    reason,
    ...(claimed_by !== null && { holder: claimed_by }),
  }))
}

/** Tasks as they were added: by Rounds if a playbook made them, else by the person in the audit log. */
async function tasks(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('tasks')
    .leftJoin('playbook_runs', 'playbook_runs.id', 'tasks.run')
    .leftJoin('alerts', 'alerts.id', 'playbook_runs.alert')
    .select(['title', 'assignee', 'created_at', 'alerts.kind as alert'])
    .select(whoDid(account, 'task.add', sql`'task:' || tasks.id`).as('added_by'))
    .where('tasks.account', '=', account)
    .where('created_at', '<=', until)
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
  const named = await auditNames(db)
  return rows.map(({ title, assignee, created_at, alert, added_by }) => ({
    kind: 'task_opened',
    at: created_at,
    title,
    by: named(added_by ?? 'rounds'),
    ...(assignee !== null && { holder: assignee }),
    ...(alert !== null && { alert }),
  }))
}

async function transitions(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('transitions')
    .select(['at', 'kind as rule', 'from_state as from', 'to_state as to', 'shown', 'driver'])
    .where('account', '=', account)
    .where('at', '<=', until)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ shown, driver, ...row }) => ({
    kind: 'transition',
    ...row,
    ...(shown !== null && { shown }),
    ...(driver !== null && { driver }),
  }))
}

/** Outcomes are few: a handful in an account's life. */
async function outcomes(db: Db, account: number): Promise<TimelineEntry[]> {
  return (await listOutcomes(db, account)).map(({ kind: outcome, on, source: by, reasonCode, note, arr }) => ({
    kind: 'outcome',
    at: Date.parse(on),
    ...{ outcome, on, by },
    ...(reasonCode !== undefined && { reasonCode }),
    ...(note !== undefined && { note }),
    ...(arr !== undefined && { arr }),
  }))
}

/** Only changes: the first value of an attribute is how the account became known. */
async function attributes(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('account_attributes')
    .select(['attribute', 'known_from as at', 'value'])
    .where('account', '=', account)
    .where('attribute', 'in', ['owner', 'renewal_on'])
    .where('known_from', '<=', until)
    .orderBy('known_from', 'desc')
    .limit(most + 2)
    .execute()
  return rows
    .filter(row => rows.some(other => other.attribute === row.attribute && other.at < row.at))
    .map(({ attribute, at, value }) => ({
      kind: 'attribute',
      at,
      attribute: attribute === 'owner' ? 'owner' : 'renewal_on',
      ...(value !== null && { value }),
    }))
}

/**
 * Corrections that arrived together are one entry, with the first of their metrics, so that a corrected file does not
 * push everything else out.
 */
async function corrections(db: Db, account: number, until: Instant, most: number): Promise<TimelineEntry[]> {
  const { rows } = await sql<{ at: Instant; metric: string; was: number; now: number; count: number }>`
    select at, metrics.name as metric, was, now, count from (
      select ${receivedAt} as at, signals.metric as key, v.value as was, signals.value as now,
          count(*) over (partition by ${receivedAt}) as count,
          row_number() over (partition by ${receivedAt} order by signals.metric, ${observedAt}, signals.id) as place
        from signal_versions v join signals
          on signals.week = cast(floor(v.observed_at / ${sql.lit(WEEK)}.0) as integer) and signals.account = v.account
            and signals.metric = v.metric and signals.id = v.id
            and signals.time_in_week = v.observed_at - signals.week * cast(${sql.lit(WEEK)} as bigint)
        where v.account = ${account} and ${receivedAt} <= ${until} and v.version = (
          select max(version) from signal_versions w
            where w.account = v.account and w.metric = v.metric and w.observed_at = v.observed_at and w.id = v.id)
    ) as arrived join metrics on metrics.key = arrived.key
    where place = 1 order by at desc limit ${most}`.execute(db)
  return rows.map(row => ({ kind: 'correction', ...row }))
}
