/**
 * A refusal that a person caused or can fix. `sentence` says what happened, `hint` what to do;
 * both are shown to the one who asked, and to nobody else.
 */
export class BotError extends Error {
  readonly code: string
  readonly hint: string | undefined

  constructor(code: string, sentence: string, hint?: string) {
    super(sentence)
    this.name = 'BotError'
    this.code = code
    this.hint = hint
  }
}

/**
 * Why a platform did not take a message, in the five ways that the outbox treats differently:
 *
 * - `busy`: refused for now, for certain not posted (a 429, a passing refusal); try again after `retryAfter`
 * - `payload`: this message will never be taken as it is; try it once as plain text
 * - `destination`: the channel or person cannot be reached until somebody changes that
 * - `platform`: nothing can be sent at all (token revoked, bot removed)
 * - `unknown`: the answer was lost (timeout, reset, 5xx); the message may have arrived
 */
export type DeliveryFault = 'busy' | 'payload' | 'destination' | 'platform' | 'unknown'

export class DeliveryError extends Error {
  readonly fault: DeliveryFault
  /** Milliseconds to wait before the next try, if the platform said so. */
  readonly retryAfter: number | undefined

  constructor(fault: DeliveryFault, reason: string, retryAfter?: number) {
    super(reason)
    this.name = 'DeliveryError'
    this.fault = fault
    this.retryAfter = retryAfter
  }
}

/** A thread ended before it answered: its work may or may not be done. */
export class ThreadLost extends Error {}
