import { foldEmail } from '../people/person.ts'
import type { Verdict } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'
import type { Alert } from './alert.ts'
import type { Confidentiality } from './confidential.ts'
import type { AlertFeedback } from './feedback.ts'

/** An alert with everything shown about it; people by e-mail and, if known, by name. */
export type AlertDetails = Alert & {
  readonly account: { readonly key: number; readonly id: string; readonly name: string }
  readonly about: {
    readonly owner?: string
    readonly arr?: number
    readonly currency?: string
    readonly renewalOn?: string
  }
  /** What is said about the account is true as of then: now, or when the alert was resolved. */
  readonly asOf: Instant
  readonly verdict: Verdict
  readonly shown?: number
  /** Of the score in 30 days. */
  readonly change?: number
  /** When its rule is over its false-alarm budget: only digests mention it. */
  readonly isMuted: boolean
  readonly stepsTaken: number
  readonly verdicts: readonly AlertFeedback[]
  /** What somebody did with it last and can still undo. */
  readonly undo?: string
  readonly nameOf: (email: string) => string
}

/** Whether a person holds it; or nobody does, and they own the account. */
export function isAlertOf({ claimedBy, about }: Pick<AlertDetails, 'claimedBy' | 'about'>, email: string): boolean {
  return email !== '' && foldEmail(claimedBy ?? about.owner ?? '') === foldEmail(email)
}

/** Who may see it. */
export function confidentialityOf({
  kind,
  about,
  claimedBy,
}: Pick<AlertDetails, 'kind' | 'about' | 'claimedBy'>): Confidentiality {
  return { kind, owner: about.owner, holder: claimedBy }
}
