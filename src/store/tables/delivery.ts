import type { Generated } from 'kysely'
import type { Purpose, Subject } from '../../domain/delivery/subject.ts'

/** Messages, where they go, and the digests among them. */
export type DeliveryTables = {
  outbox: {
    id: Generated<number>
    subject: Subject['of']
    subject_id: string
    purpose: Purpose
    number: number
    platform: string
    to_channel: string
    to_person: string
    head: number | null
    card: string
    version: number
    shown_version: number
    state: string
    tries: number
    not_before: number
    expires_at: number | null
    channel: string | null
    message: string | null
    fault: string | null
    created_at: number
    sent_at: number | null
  }
  outbox_alerts: { alert: string; message: number }
  outbox_tasks: { task: string; message: number }
  destination_pauses: { platform: string; to_channel: string; to_person: string; until: number }
  shared_places: { platform: string; channel: string; is_shared: number; checked_at: number }
  platforms: { name: string; rank: number }
  addresses: { platform: string; id: string; address: string }
  digest_runs: {
    id: Generated<number>
    digest: string
    destination: string
    slot: number
    message: number | null
    announced: string
  }
  managed_digests: {
    name: string
    definition: string | null
    is_paused: number
    changed_at: number
    changed_by: string
  }
}
