import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../domain/time/instant.ts'
import { LONGEST_PAUSE } from '../destinations/destination-pauses.ts'
import type { Db } from '../tables.ts'

/** Anything less far in the future does no harm. */
const LEEWAY = 60_000

/**
 * Voids what a clock that ran ahead left in the future, if it would hold something up until then; returns how many rows
 * of each kind. What people chose, such as the day until which an alert sleeps, stays.
 */
export async function voidFuture(db: Db, now: Instant): Promise<Readonly<Record<string, number>>> {
  const voided: Record<string, number> = {}
  for (const [what, statement] of statements(now)) {
    const { numAffectedRows = 0n } = await statement.execute(db)
    if (numAffectedRows > 0n) voided[what] = Number(numAffectedRows)
  }
  return voided
}

function statements(now: Instant): [what: string, statement: RawBuilder<unknown>][] {
  const [pause, soon] = [now + LONGEST_PAUSE, now + LEEWAY]
  return [
    ['pauses', sql`delete from destination_pauses where until > ${pause}`],
    ['waiting messages', sql`update outbox set not_before = ${now} where not_before > ${pause}`],
    [
      'messages',
      sql`update outbox set ${earlier('created_at', now)}, ${earlier('sent_at', now)}
      where created_at > ${soon} or sent_at > ${soon}`,
    ],
    // Running a slot again adds nothing: see `Job`.
    ['slots', sql`delete from slots where slot > ${soon}`],
    [
      'alerts',
      sql`update alerts set ${earlier('opened_at', now)}, ${earlier('claimed_at', now)},
      ${earlier('resolved_at', now)} where opened_at > ${soon} or claimed_at > ${soon} or resolved_at > ${soon}`,
    ],
    // A task has as long as it was given.
    [
      'tasks',
      sql`update tasks set due_at = due_at - (created_at - ${now}), created_at = ${now} where created_at > ${soon}`,
    ],
    ['ended tasks', sql`update tasks set ended_at = ${now} where ended_at > ${soon}`],
    [
      'plays',
      sql`update playbook_runs set ${earlier('started_at', now)}, ${earlier('announced_at', now)}
      where started_at > ${soon} or announced_at > ${soon}`,
    ],
    [
      'rules',
      sql`update muted_rules set ${earlier('muted_since', now)}, ${earlier('restored_at', now)}
      where muted_since > ${soon} or restored_at > ${soon}`,
    ],
    ['models in use', sql`update model_activations set at = ${now} where at > ${soon}`],
  ]
}

/** Not every database has `min` of two values. */
function earlier(column: string, now: Instant) {
  return sql`${sql.ref(column)} = case when ${sql.ref(column)} > ${now} then ${now} else ${sql.ref(column)} end`
}
