import type { Generated } from 'kysely'

/** What was observed. */
export type SignalsTables = {
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
}
