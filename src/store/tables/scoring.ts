import type { Generated } from 'kysely'

/** Scores, and how an account stands. */
export type ScoringTables = {
  due_accounts: { account: number; news: number }
  models: {
    key: Generated<number>
    version: string
    name: string
    first_used_at: number
    content: Generated<string | null>
  }
  model_activations: { id: Generated<number>; version: string; at: number; by_whom: string }
  scores: {
    day: string
    account: number
    at: number
    origin: string
    score: number | null
    shown: number | null
    band: string | null
    verdict: string
    coverage: number
    segment: string | null
    model: number
    has_sharp_drop: number
    expansion_held: number
    expansion_ready: number
    rules_held: Generated<string | null>
  }
  current_status: {
    account: number
    at: number
    score: number | null
    shown: number | null
    verdict: string
    role: string | null
    has_sharp_drop: number
    expansion_ready: number
    coverage: number
    change_30d: number | null
    reason: string
    model: number
    is_retired: Generated<number>
    rules_held: Generated<string | null>
  }
  status_changes: {
    id: Generated<number>
    account: number
    at: number
    from_model: number | null
    from_verdict: string | null
    from_role: string | null
    from_ready: number | null
    model: number
    verdict: string
    role: string | null
    ready: number
    is_end: Generated<number>
  }
  transitions: {
    account: number
    at: number
    kind: string
    from_state: string
    to_state: string
    shown: number | null
    driver: string | null
  }
  scoring_runs: {
    key: Generated<number>
    at: number
    purpose: string
    accounts: string
    settings: string
    facts: string
  }
  scoring_shards: { run: number; block: number; scored: number; transitions: string }
}
