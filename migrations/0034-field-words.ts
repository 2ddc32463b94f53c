import { type Kysely, sql } from 'kysely'

/** The words of the field in place of coined ones; every row stays what it was. */
export async function fieldWords(db: Kysely<any>): Promise<void> {
  for (const [table, name] of TABLES) await db.schema.alterTable(table).renameTo(name).execute()
  for (const [table, column, name] of COLUMNS) await db.schema.alterTable(table).renameColumn(column, name).execute()
  await sql`drop index playbook_runs_by_told`.execute(db)
  await db.schema
    .createIndex('playbook_runs_by_announced')
    .on('playbook_runs')
    .columns(['announced_at', 'started_at'])
    .execute()
}

const TABLES = [
  ['standings', 'current_status'],
  ['quiet_rules', 'muted_rules'],
  ['alert_verdicts', 'alert_feedback'],
] as const

const COLUMNS = [
  ['alerts', 'rung', 'escalation_step'],
  ['alerts', 'is_quiet', 'is_muted'],
  ['alerts', 'untold', 'pending_news'],
  ['tasks', 'rung', 'escalation_step'],
  ['playbook_runs', 'told_at', 'announced_at'],
  ['digest_runs', 'told', 'announced'],
  ['muted_rules', 'quiet_since', 'muted_since'],
] as const
