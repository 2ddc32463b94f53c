import type { Generated } from 'kysely'

/** Alerts, and what people did about them. */
export type AlertsTables = {
  alerts: {
    id: string
    account: number
    kind: string
    state: string
    opened_at: number
    reason: string
    claimed_by: string | null
    claimed_at: number | null
    resolved_at: number | null
    driver: Generated<string | null>
    wakes_at: Generated<number | null>
    wakes_on: Generated<string | null>
    wakes_below: Generated<number | null>
    resolved_by: Generated<string | null>
    resolution: Generated<string | null>
    escalation_step: Generated<number>
    is_muted: Generated<number>
    pending_news: Generated<string | null>
    reopened_at: Generated<number | null>
  }
  alert_feedback: { alert: string; person: string; verdict: string; at: number }
  muted_rules: { kind: string; muted_since: number | null; restored_at: number | null }
  held_alerts: { account: number; kind: string; since: number }
  undos: {
    id: string
    at: number
    who: string
    subject: string
    subject_id: string
    account: number
    changes: string
    ended_at: number | null
  }
}
