import { type MessageKind, WHENS, type When } from '../../domain/delivery/choices.ts'

/** What no choice keeps away. */
export const ALWAYS = 'Escalations, and alerts about a renewal at risk, always come at once.'

export const KIND_NAMES: Readonly<Record<MessageKind, string>> = {
  alerts: 'Alerts',
  tasks: 'Tasks',
  pulses: 'Pulses that are due',
  renewals: 'Renewals, once a week',
  five: 'Your five',
}

export const WHEN_WORDS: Readonly<Record<When, string>> = {
  now: 'At once',
  morning: 'In the morning, in one message',
  never: 'Not at all',
}

/** What belongs to the morning cannot come at once. */
export function whensOf(kind: MessageKind): readonly When[] {
  return kind === 'renewals' || kind === 'five' ? WHENS.filter(when => when !== 'now') : WHENS
}
