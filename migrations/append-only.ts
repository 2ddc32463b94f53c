import { type Kysely, sql } from 'kysely'
import { isPostgres } from './types.ts'

/** The audit log refuses every change. PostgreSQL knows one function for all of it, and `truncate` as well. */
export async function forbidChanges(db: Kysely<any>): Promise<void> {
  if (isPostgres(db)) {
    await sql`create function audit_never() returns trigger language plpgsql as
      $$ begin raise exception 'the audit log is append-only'; end $$`.execute(db)
    await sql`create trigger audit_never before update or delete on audit
      for each row execute function audit_never()`.execute(db)
    await sql`create trigger audit_never_truncate before truncate on audit
      execute function audit_never()`.execute(db)
    return
  }
  for (const change of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_never_${change}`)} before ${sql.raw(change)} on audit
      begin select raise(abort, 'the audit log is append-only'); end`.execute(db)
  }
}

export async function allowChanges(db: Kysely<any>): Promise<void> {
  if (isPostgres(db)) await sql`drop trigger audit_never on audit`.execute(db)
  else
    for (const change of ['update', 'delete']) await sql`drop trigger ${sql.ref(`audit_never_${change}`)}`.execute(db)
}

/** Only lines that `audit_base` covers may go. */
export async function forbidChangesAboveBase(db: Kysely<any>): Promise<void> {
  if (isPostgres(db)) {
    await sql`create or replace function audit_never() returns trigger language plpgsql as $$ begin
      if tg_op = 'DELETE' and old.id <= coalesce((select max(up_to) from audit_base), 0) then return old; end if;
      raise exception 'the audit log is append-only'; end $$`.execute(db)
    await sql`create trigger audit_never before update or delete on audit
      for each row execute function audit_never()`.execute(db)
    return
  }
  await sql`create trigger audit_never_update before update on audit
    begin select raise(abort, 'the audit log is append-only'); end`.execute(db)
  await sql`create trigger audit_never_delete before delete on audit
    when old.id > coalesce((select max(up_to) from audit_base), 0)
    begin select raise(abort, 'the audit log is append-only'); end`.execute(db)
}
