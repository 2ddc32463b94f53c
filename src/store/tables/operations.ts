import type { Generated } from 'kysely'

/** What Rounds keeps for itself. */
export type OperationsTables = {
  audit: {
    id: Generated<number>
    at: number
    who: string
    act: string
    subject: string
    account: string | null
    was: string | null
    is_now: string | null
    hash: string
  }
  audit_base: { up_to: number; lines: number; hash: string }
  audit_names: { id: Generated<number>; kind: string; name: string }
  retention_cursor: { week: number; account: number; metric: number; time_in_week: number; id: string }
  schedules: { name: string; timing: string; next_due_at: number }
  slots: { schedule: string; slot: number; state: string; reason: string | null; at: number }
  claims: { kind: string; name: string; holder: string | null; epoch: number; taken_at: number; until: number }
  handled_deliveries: {
    delivery: string
    at: number
    kind: Generated<string | null>
    request: Generated<string | null>
    tries: Generated<number>
    instance: Generated<string | null>
  }
  meta: { name: string; value: string }
  write_probe: { id: number; at: number }
}
