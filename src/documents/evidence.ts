import type { Evidence } from '../domain/scoring/readings/evidence.ts'
import { isoTime } from '../domain/time/iso-time.ts'

/** What each measure rests on: its newest signals, and where they came from. */
export function evidenceDocument(evidence: ReadonlyMap<string, Evidence>) {
  return [...evidence].map(([measure, { newest, sources }]) => ({
    measure,
    newest: newest.map(({ metric, value, observedAt, source }) => ({
      metric,
      value,
      observed_at: isoTime(observedAt),
      source: source ?? null,
    })),
    sources,
  }))
}
