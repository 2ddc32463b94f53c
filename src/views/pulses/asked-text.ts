import type { PulseDue } from '../../domain/pulses/pulse-due.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'

/** An account whose owner is asked for a pulse. */
export type AskedPulse = {
  readonly account: { readonly id: string; readonly name: string }
  readonly due: PulseDue
  readonly facts: { readonly last?: { readonly at: number } }
}

/** Why somebody is asked for a pulse. */
export function askedText({ reason, since }: PulseDue, timeZone: string): string {
  // a renewal date is a day, wherever it is read
  const day = dayIn(reason === 'renewal' ? 'UTC' : timeZone, since)
  switch (reason) {
    case 'meeting':
      return `You met them on ${day}`
    case 'complaint':
      return `A complaint or escalation on ${day}`
    case 'renewal':
      return `The renewal date passed on ${day}`
    case 'expired':
      return `The last pulse expired on ${day}`
    case 'old':
      return `A new pulse has been due since ${day}`
    case 'never':
      return `A first pulse has been due since ${day}`
  }
}

export function lastText({ last }: AskedPulse['facts'], timeZone: string): string {
  return last === undefined ? 'No pulse yet' : `Last pulse on ${dayIn(timeZone, last.at)}`
}
