import type { Generated } from 'kysely'

/** Other systems that listen or ask: webhooks and assistants. */
export type OutsideTables = {
  events: { id: Generated<number>; kind: string; at: number; account: number | null; payload: string }
  event_receivers: {
    url: string
    told: number
    tries: Generated<number>
    not_before: number
    fault: string | null
    /** Null until the service has looked at its settings. */
    wants: string | null
  }
  connect_codes: { hash: string; person: string; expires_at: number }
  oauth_clients: { id: string; client: string; created_at: number }
  oauth_grants: {
    hash: string
    client: string
    person: string
    challenge: string
    redirect: string
    expires_at: number
  }
  connections: {
    id: string
    client: string
    name: string
    person: string
    access: string
    access_ends: number
    refresh: string
    refresh_before: string | null
    used_at: number
    created_at: number
    ended_at: number | null
  }
}
