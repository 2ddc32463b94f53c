import type { Alert } from '../../domain/alerts/alert.ts'
import type { Divergence } from '../../domain/alerts/divergence.ts'
import type { OutcomeKind } from '../../domain/outcomes/outcome.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Health } from '../../domain/scoring/health.ts'
import type { Verdict } from '../../domain/scoring/settle.ts'
import type { Day, Instant } from '../../domain/time/instant.ts'

/** Everything on the account's card, loaded. */
export type AccountSummary = {
  readonly account: { readonly id: string; readonly name: string }
  readonly health: Health
  readonly verdict: Verdict
  readonly expansionReady: boolean
  /** It is no longer a customer. */
  readonly retirement?: { readonly since: Instant; readonly reason: string }
  readonly owner?: string
  readonly arr?: number
  /** As the account's attribute writes it. */
  readonly currency?: string
  readonly renewalOn?: string
  readonly lastPulse?: {
    readonly rating: number
    readonly at: Instant
    readonly by?: string
    readonly expiresAt?: Instant
  }
  /** For the owner alone: the pulse and the rest of the score are far apart. */
  readonly divergence?: Divergence & { readonly isOwn: boolean }
  /** With the names of those who hold them. */
  readonly alerts: readonly (Alert & { readonly holder?: string })[]
  /** Those that have not ended. */
  readonly tasks?: readonly Task[]
  /** Where days are read by the person that the card is for; UTC for everybody else. */
  readonly timeZone?: string
  /** How often accounts like this left or shrank, in a sentence, if that may be said. */
  readonly chance?: string
  /** Shown scores a week apart, oldest first. */
  readonly weeks: readonly { readonly day: Day; readonly shown: number }[]
  /** The latest changes of the verdict, newest first. */
  readonly transitions?: readonly { readonly at: Instant; readonly to: Verdict }[]
  readonly outcomes?: readonly { readonly on: Day; readonly kind: OutcomeKind }[]
}
