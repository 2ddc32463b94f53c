import { type Kysely, sql } from 'kysely'
import { isPostgres } from './types.ts'

/** Whoever puts something into the outbox wakes the senders of all instances, once it is committed. */
export async function outboxWakes(db: Kysely<any>): Promise<void> {
  if (!isPostgres(db)) return
  await sql`create function outbox_wakes() returns trigger language plpgsql as
    $$ begin perform pg_notify('rounds_outbox', ''); return null; end $$`.execute(db)
  await sql`create trigger outbox_wakes_new after insert on outbox
    for each row when (new.state = 'pending') execute function outbox_wakes()`.execute(db)
  await sql`create trigger outbox_wakes_changed after update of version, state on outbox for each row when (
    new.version > old.version or new.state = 'pending' and old.state not in ('pending', 'sending')
  ) execute function outbox_wakes()`.execute(db)
}
