import { type Kysely, sql } from 'kysely'
import { isPostgres } from './types.ts'

/**
 * Rows that are read by "what came after this one" get their numbers when they are written and are seen when they are
 * committed, which need not be in the same order. So whoever writes some says above which number, until it is over.
 */
export async function numberedInOrder(db: Kysely<any>): Promise<void> {
  if (!isPostgres(db)) return
  await sql`create function numbers_rows() returns trigger language plpgsql as $$
    declare
      written constant text := 'rounds.writes_' || tg_table_name;
      above bigint;
    begin
      if current_setting(written, true) = pg_current_xact_id()::text then return null; end if;
      execute 'select case when is_called then last_value else last_value - 1 end from '
        || pg_get_serial_sequence(format('%I.%I', tg_table_schema, tg_table_name), 'id') into above;
      perform pg_advisory_xact_lock_shared(hashtext(tg_table_schema || '.' || tg_table_name), above::int);
      perform set_config(written, pg_current_xact_id()::text, true);
      return null;
    end $$`.execute(db)
  for (const table of ['events', 'attribute_changes', 'status_changes']) {
    await sql`create trigger numbers_rows before insert on ${sql.table(table)}
      for each statement execute function numbers_rows()`.execute(db)
  }
}
