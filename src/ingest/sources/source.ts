import type { AttributeFact, SourceFact } from '../../domain/sources/source-fact.ts'
import type { Instant } from '../../domain/time/instant.ts'

/** The names of sources as sources.yaml and their address have them. */
export type SourceName = 'stripe' | 'zendesk' | 'intercom' | 'hubspot'

/** A request as it came in. */
export type Delivery = {
  readonly method: string
  /** The addresses that the sender may have written: behind a proxy we see another one than it did. */
  readonly urls: readonly string[]
  readonly body: Buffer
  header(name: string): string | undefined
}

/** `stale`: signed rightly, but more than 5 minutes ago or ahead. */
export type Verdict = 'valid' | 'forged' | 'stale'

/** One thing that a source told. What it tells twice has the same id. */
export type SourceEvent = {
  readonly id: string
  /** The account's id in Rounds, where the event has it. */
  readonly reference?: string | undefined
  /** The source's own id of the customer. Together with a reference it is remembered for events that have only this. */
  readonly external?: string | undefined
  readonly fact?: SourceFact | AttributeFact | undefined
}

/** A vendor whose webhooks come in: how it signs, and what its events mean. */
export type WebhookSource = {
  readonly name: SourceName
  readonly summary: string
  /** How much time is left for replays is the vendor's: most sign a time. */
  verify(delivery: Delivery, secret: string, now: Instant): Verdict | Promise<Verdict>
  /** `account` is the path in sources.yaml to the account's id. Returns nothing for events that mean nothing here. */
  read(body: unknown, account: string): readonly SourceEvent[]
}
