import type { Destination } from '../../domain/delivery/destination.ts'
import type { EscalationRun } from '../../domain/delivery/subject.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { destinationOf } from '../destinations/destination-columns.ts'
import type { Db } from '../tables.ts'

/** When the newest step was announced; undefined if there is none. */
export async function lastStepAt(db: Db, run: EscalationRun): Promise<Instant | undefined> {
  const newest = await stepsOf(db, run)
    .select(({ fn }) => fn.max('created_at').as('at'))
    .executeTakeFirst()
  return newest?.at ?? undefined
}

/** Where the steps have gone so far. */
export async function destinationsOfSteps(db: Db, run: EscalationRun): Promise<Destination[]> {
  const rows = await stepsOf(db, run).select(['platform', 'to_channel', 'to_person']).execute()
  return rows.map(destinationOf)
}

function stepsOf(db: Db, { subject, number }: EscalationRun) {
  return db
    .selectFrom('outbox')
    .where('subject', '=', subject.of)
    .where('subject_id', '=', subject.id)
    .where('purpose', '=', 'step')
    .where('number', '=', number)
}
