import type { Generated, Kysely } from 'kysely'
import type { Purpose, Subject } from '../domain/delivery/subject.ts'

/** The rows as they lie in the database. They never leave the store: it gives domain values. */
export type Tables = {
  accounts: { key: Generated<number>; id: string; name: string; folded_name: string }
  account_attributes: { account: number; attribute: string; known_from: number; value: string | null }
  attribute_changes: {
    id: Generated<number>
    account: number
    attribute: string
    known_from: number
    was_known: number
    was: string | null
  }
  people: {
    email: string
    name: string | null
    role: string
    manager: string | null
    time_zone: string | null
    last_platform: string | null
    left_at: Generated<number | null>
  }
  platform_users: { platform: string; user_id: string; email: string }
  presences: { platform: string; user_id: string; asked_at: number; is_deactivated: number }
  watched_owners: { account: number; owner: string | null }
  platforms: { name: string; rank: number }
  addresses: { platform: string; id: string; address: string }
  metrics: { key: Generated<number>; name: string; first_at: Generated<number | null> }
  sources: { key: Generated<number>; name: string }
  signals: {
    week: number
    account: number
    metric: number
    time_in_week: number
    id: string
    value: number
    delay: number
    source: number
  }
  signal_versions: {
    account: number
    metric: number
    observed_at: number
    id: string
    version: number
    value: number
    received_at: number
    source: number
  }
  signal_packs: { week: number; block: number; columns: Uint8Array | null }
  series: { account: number; metric: number; first_at: number; newest_at: number }
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
  retirements: { account: number; since: number; reason: string | null; by_whom: string; at: number }
  retired_accounts: { account: number; since: number; reason: string }
  transitions: {
    account: number
    at: number
    kind: string
    from_state: string
    to_state: string
    shown: number | null
    driver: string | null
  }
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
  retention_cursor: { week: number; account: number; metric: number; time_in_week: number; id: string }
  audit_names: { id: Generated<number>; kind: string; name: string }
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
  comments: {
    id: string
    account: number
    text: string
    author: string | null
    source: string
    link: string | null
    sentiment: number | null
    observed_at: number
    received_at: number
    topics: Generated<string | null>
  }
  outcomes: {
    account: number
    on_day: string
    kind: string
    arr: number | null
    reason: string | null
    note: string | null
    source: string
    recorded_at: number
  }
  managed_digests: {
    name: string
    definition: string | null
    is_paused: number
    changed_at: number
    changed_by: string
  }
  reminders: { person: string; subject: string; at: number }
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
  home_views: { platform: string; user_id: string; opened_at: number; words: string }
  pulses_put_off: { person: string; account: number; at: number; until: number; is_skipped: number }
  muted_rules: { kind: string; muted_since: number | null; restored_at: number | null }
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
  shared_places: { platform: string; channel: string; is_shared: number; checked_at: number }
  destination_pauses: { platform: string; to_channel: string; to_person: string; until: number }
  digest_runs: {
    id: Generated<number>
    digest: string
    destination: string
    slot: number
    message: number | null
    announced: string
  }
  schedules: { name: string; timing: string; next_due_at: number }
  slots: { schedule: string; slot: number; state: string; reason: string | null; at: number }
  claims: { kind: string; name: string; holder: string | null; epoch: number; taken_at: number; until: number }
  scoring_runs: {
    key: Generated<number>
    at: number
    purpose: string
    accounts: string
    settings: string
    facts: string
  }
  scoring_shards: { run: number; block: number; scored: number; transitions: string }
  handled_deliveries: {
    delivery: string
    at: number
    kind: Generated<string | null>
    request: Generated<string | null>
    tries: Generated<number>
    instance: Generated<string | null>
  }
  meta: { name: string; value: string }
  preferences: { person: string; preference: string; value: string }
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
  held_alerts: { account: number; kind: string; since: number }
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
  write_probe: { id: number; at: number }
}

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>
