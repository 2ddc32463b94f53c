import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** A client as it registered itself, in the words of OAuth. */
export type OAuthClient = Readonly<Record<string, unknown>> & { readonly client_id: string }

export async function findOAuthClientOrNone(db: Db, id: string): Promise<OAuthClient | undefined> {
  const row = await db.selectFrom('oauth_clients').select('client').where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : (JSON.parse(row.client) as OAuthClient)
}

export async function saveOAuthClient(db: Db, client: OAuthClient, now: Instant): Promise<void> {
  await db
    .insertInto('oauth_clients')
    .values({ id: client.client_id, client: JSON.stringify(client), created_at: now })
    .execute()
}
