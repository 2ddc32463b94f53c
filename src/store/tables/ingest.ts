import type { Generated } from 'kysely'

/** How data comes in. */
export type IngestTables = {
  ingest_tokens: {
    id: string
    name: string
    hash: string
    scopes: string
    created_at: number
    expires_at: number | null
    revoked_at: number | null
    person: Generated<string | null>
  }
  idempotent_requests: {
    token: string
    key: string
    at: number
    hash: Generated<string | null>
    status: Generated<number | null>
    answer: Generated<string | null>
    instance: Generated<string | null>
  }
  source_counts: { source: string; received: number; rejected: number }
  source_days: { source: string; day: string; received: number; rejected: number; lag: number }
  feeds: { metric: string; source: string; newest_by_day: string }
  loaded_files: { name: string; hash: string; at: number }
  source_events: {
    source: string
    id: string
    account: number | null
    reference: string | null
    external: string | null
    at: number
    fact: string
    received_at: number
  }
  source_links: { source: string; external: string; reference: string }
  pulls: { source: string; name: string; cursor: number | null; next_at: number; fault: string | null }
  tracked_users: {
    key: Generated<number>
    hash: string
    email_hash: string | null
    account: number | null
    at: number
  }
  users_seen: { day: number; account: number; tracked_user: number }
  user_counts_due: { account: number; from_day: number; news: number }
  trait_times: { account: number; trait: string; at: number }
  unread_events: { event: string; count: number; last_at: number }
}
