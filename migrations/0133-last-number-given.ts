import { type Kysely, sql } from 'kysely'
import { isPostgres } from './types.ts'

/**
 * While a sequence is logged, its row names a number that is 32 too high, and `select last_value` can read that. The
 * function waits until it is logged. It knows of no number where rows were copied and none was given out since.
 */
export async function lastNumberGiven(db: Kysely<any>): Promise<void> {
  if (!isPostgres(db)) return
  await sql`create or replace function numbers_rows() returns trigger language plpgsql as $$
    declare
      written constant text := 'rounds.writes_' || tg_table_name;
      above bigint;
    begin
      if current_setting(written, true) = pg_current_xact_id()::text then return null; end if;
      above := pg_sequence_last_value(
        pg_get_serial_sequence(format('%I.%I', tg_table_schema, tg_table_name), 'id')::regclass);
      if above is null then
        execute format('select coalesce(max(id), 0) from %I.%I', tg_table_schema, tg_table_name) into above;
      end if;
      perform pg_advisory_xact_lock_shared(hashtext(tg_table_schema || '.' || tg_table_name), above::int);
      perform set_config(written, pg_current_xact_id()::text, true);
      return null;
    end $$`.execute(db)
}
