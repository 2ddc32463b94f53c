import type { Outcome, OutcomeKind } from '../outcomes/outcome.ts'
import type { Instant } from '../time/instant.ts'

/** One thing that happened to an account, with whatever of it is known. */
export type TimelineEntry = { readonly at: Instant } & TimelineEvent

export type TimelineEvent =
  /** `note` is absent for somebody who may not read it. */
  | { readonly kind: 'pulse'; readonly rating: number; readonly note?: string; readonly by: string }
  /** Without text for somebody who may not read it. */
  | {
      readonly kind: 'comment'
      readonly text?: string
      readonly sentiment?: number
      readonly author?: string
      readonly addedBy?: string
      readonly link?: string
    }
  | ({ readonly kind: 'alert_opened'; readonly reason: string } & OfAlert)
  | ({ readonly kind: 'alert_claimed' } & Done & OfAlert)
  /** `to` is who got it, where that is known. */
  | ({ readonly kind: 'alert_given'; readonly to?: string } & Done & OfAlert)
  | ({ readonly kind: 'alert_changed'; readonly change: string } & Done & OfAlert)
  | ({ readonly kind: 'alert_rated'; readonly verdict: string } & Done & OfAlert)
  | ({ readonly kind: 'alert_resolved'; readonly resolution?: string } & Done & OfAlert)
  | ({ readonly kind: 'task_opened'; readonly title: string } & Done & Partial<OfAlert>)
  | ({ readonly kind: 'task_changed'; readonly title: string; readonly change: string } & Done & Partial<OfAlert>)
  | ({ readonly kind: 'task_ended'; readonly title: string; readonly state: string; readonly note?: string } & Done &
      Partial<OfAlert>)
  | {
      readonly kind: 'transition'
      readonly rule: string
      readonly from: string
      readonly to: string
      readonly shown?: number
      readonly driver?: string
    }
  /** What really happened on a day; `by` is who said so, or where it came from. */
  | ({ readonly kind: 'outcome' } & Pick<Outcome, 'on' | 'reasonCode' | 'note' | 'arr'> & {
        readonly outcome: OutcomeKind
        readonly by: string
      })
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

/** Who did it: an e-mail, or `rounds` itself. */
type Done = { readonly by: string }

/** The kind of alert that it is about, or that its task answers, and who holds that. */
type OfAlert = { readonly alert: string; readonly holder?: string }

/** The newest first, up to a limit, nothing in the future. */
export function newestOf(entries: readonly TimelineEntry[], now: Instant, most: number): readonly TimelineEntry[] {
  return entries
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, most)
}
