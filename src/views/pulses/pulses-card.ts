import type { PulseDue } from '../../domain/pulses/pulse-due.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Button, Card, Item } from '../card.ts'

const MOST_LINES = 15

/** An account that waits for a pulse of its owner. */
export type WaitingAccount = {
  readonly account: { readonly id: string; readonly name: string }
  readonly due: PulseDue
  readonly facts: { readonly last?: { readonly at: number } }
}

/** The accounts that wait, each with the form one press away. */
/** Days are those of a time zone, the reader's. */
export function pulsesCard(waiting: readonly WaitingAccount[], timeZone = 'UTC'): Card {
  const [first] = waiting
  if (first === undefined) {
    const summary = 'None of your accounts needs a pulse.'
    return { title: 'Pulses', summary, parts: [{ kind: 'text', text: summary }] }
  }
  const rest = waiting.length - MOST_LINES
  const summary =
    waiting.length === 1
      ? `${first.account.name} is waiting for your pulse.`
      : `${waiting.length} of your accounts are waiting for your pulse.`
  return {
    title: 'Pulses',
    summary,
    parts: [
      { kind: 'text', text: summary },
      { kind: 'list', items: waiting.slice(0, MOST_LINES).map(account => itemOf(account, timeZone)) },
      ...(rest > 0 ? [{ kind: 'text' as const, quiet: true, text: `And ${rest} more: /health pulses` }] : []),
    ],
    buttons: [walkButton(`Start with ${first.account.name}`, first.account.id)],
  }
}

/** The way on from one account to the next. */
export function nextPulseButton({ account }: WaitingAccount, left: number): Button {
  return walkButton(`Next: ${account.name} (${left} left)`, account.id)
}

function walkButton(label: string, account: string): Button {
  return { label, action: 'pulse-walk', value: account, style: 'primary' }
}

function itemOf({ account, due, facts: { last } }: WaitingAccount, timeZone: string): Item {
  return {
    lead: account.name,
    text: reasonText(due, timeZone),
    note: last === undefined ? 'No pulse yet' : `Last pulse on ${dayIn(timeZone, last.at)}`,
    button: { label: 'Pulse', action: 'pulse-walk', value: account.id },
  }
}

function reasonText({ reason, since }: PulseDue, timeZone: string): string {
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
