import type { Outcome } from '../domain/outcomes/outcome.ts'

/** What really happened to an account. */
export function outcomeDocument({ kind, on, arr, reasonCode }: Pick<Outcome, 'kind' | 'on' | 'arr' | 'reasonCode'>) {
  return { outcome: kind, on_date: on, arr: arr ?? null, reason: reasonCode ?? null }
}
