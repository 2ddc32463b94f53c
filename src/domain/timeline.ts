import { isConfidential } from './alert-kind.ts'
import type { Instant } from './instant.ts'

/** One thing that happened to an account, with whatever of it is known. */
export type TimelineEntry = { readonly at: Instant } & TimelineEvent

export type TimelineEvent =
  | { readonly kind: 'pulse'; readonly rating: number; readonly note: string; readonly by: string }
  | {
      readonly kind: 'comment'
      readonly text: string
      readonly sentiment?: number
      readonly author?: string
      readonly link?: string
    }
  | { readonly kind: 'alert_opened'; readonly alert: string; readonly reason: string }
  | { readonly kind: 'alert_claimed'; readonly alert: string; readonly by: string }
  | { readonly kind: 'alert_resolved'; readonly alert: string; readonly by?: string; readonly resolution?: string }
  | { readonly kind: 'task_opened'; readonly title: string; readonly by?: string }
  | {
      readonly kind: 'task_ended'
      readonly title: string
      readonly state: string
      readonly note?: string
      readonly by?: string
    }
  | {
      readonly kind: 'transition'
      readonly rule: string
      readonly from: string
      readonly to: string
      readonly shown?: number
      readonly driver?: string
    }
  /** A reading that a change is put down to. */
  | { readonly kind: 'signal'; readonly metric: string; readonly was: number; readonly now: number }
  /** `count` readings were corrected at once; `metric`, `was` and `now` tell of one of them. */
  | {
      readonly kind: 'correction'
      readonly metric: string
      readonly was: number
      readonly now: number
      readonly count: number
    }
  /** An attribute that matters took another value; `value` is absent where it was cleared. */
  | { readonly kind: 'attribute'; readonly attribute: 'owner' | 'renewal_on'; readonly value?: string }

/** What may be said where others read along: nothing of the alerts that are between Rounds and the owner alone. */
export function forAllToRead(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.filter(entry => !('alert' in entry && isConfidential(entry.alert)))
}

/** The newest first, at most so many, nothing that is yet to come. */
export function newestOf(entries: readonly TimelineEntry[], now: Instant, most: number): readonly TimelineEntry[] {
  return entries
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, most)
}

/** Whether people wrote something in these that is not for everybody's eyes. */
export function hasConfidences(entries: readonly TimelineEntry[]): boolean {
  return entries.some(entry => {
    switch (entry.kind) {
      case 'pulse':
      case 'comment':
        return true
      case 'alert_opened':
      case 'alert_claimed':
        return isConfidential(entry.alert)
      case 'alert_resolved':
        return entry.resolution !== undefined || isConfidential(entry.alert)
      case 'task_ended':
        return entry.note !== undefined
      default:
        return false
    }
  })
}
