import { isoTime } from '../domain/time/iso-time.ts'
import type { StoredTransition } from '../store/scoring/transitions.ts'

/** What changed about an account, and when: an entry of `transitions --json`. */
export function transitionDocument({ account, at, from, to, kind, shown, driver }: StoredTransition) {
  return { account, at: isoTime(at), from, to, kind, shown, driver }
}
