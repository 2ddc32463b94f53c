import type { Kysely } from 'kysely'

/** What a comment was about, where its text is not kept: topics, one on each line. */
export async function commentTopics(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('comments').addColumn('topics', 'text').execute()
}
