import { type Kysely, sql } from 'kysely'

export async function audit(db: Kysely<any>): Promise<void> {
  // Who did what to whom, before and after; each line's hash covers the one before, so that none can be taken out.
  await db.schema
    .createTable('audit')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('at', 'integer', column => column.notNull())
    .addColumn('who', 'text', column => column.notNull())
    .addColumn('act', 'text', column => column.notNull())
    .addColumn('subject', 'text', column => column.notNull())
    .addColumn('account', 'text')
    .addColumn('was', 'text')
    .addColumn('is_now', 'text')
    .addColumn('hash', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('audit_by_account').on('audit').columns(['account', 'id']).execute()
  for (const change of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_never_${change}`)} before ${sql.raw(change)} on audit
      begin select raise(abort, 'the audit log is append-only'); end`.execute(db)
  }
}
