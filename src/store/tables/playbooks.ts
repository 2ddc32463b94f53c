import type { Generated } from 'kysely'

/** Playbooks and their tasks; pulses. */
export type PlaybooksTables = {
  playbook_runs: {
    id: string
    playbook: string
    label: string
    account: number
    alert: string | null
    cause: string
    started_at: number
    shown: number | null
    announced_at: number | null
  }
  tasks: {
    id: string
    run: string | null
    account: number
    title: string
    role: string
    assignee: string | null
    state: string
    created_at: number
    due_at: number
    ended_at: number | null
    note: string | null
    escalation_step: number
    reopened_at: Generated<number | null>
  }
  pulses: {
    id: string
    account: number
    at: number
    person: string
    rating: number
    note: string
    reasons: string
    expires_at: Generated<number | null>
  }
  pulses_put_off: { person: string; account: number; at: number; until: number; is_skipped: number }
}
