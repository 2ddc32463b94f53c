import { DAY, type Instant, laterDay } from '../time/instant.ts'
import { instantAt, localTimeAt } from '../time/zoned-time.ts'
import type { MessageKey } from './subject.ts'

/** What somebody can choose about, one by one. */
export const MESSAGE_KINDS = ['alerts', 'tasks', 'pulses', 'renewals', 'five'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** At once, in the one message of the morning, or not at all. */
export const WHENS = ['now', 'morning', 'never'] as const
export type When = (typeof WHENS)[number]

/** Nothing comes between these times of day, such as `22:00` and `07:00`. */
export type QuietHours = { readonly from: string; readonly to: string; readonly timeZone: string }

export type Choices = {
  readonly when: Readonly<Partial<Record<MessageKind, When>>>
  readonly quiet?: QuietHours
}

/** What comes when nobody has said otherwise. */
export const DEFAULTS: Readonly<Record<MessageKind, When>> = {
  alerts: 'now',
  tasks: 'now',
  pulses: 'now',
  renewals: 'never',
  five: 'morning',
}

/** Which of the choices a message to a person falls under; undefined for what nobody can choose about. */
export function kindOf({ subject, purpose }: Pick<MessageKey, 'subject' | 'purpose'>): MessageKind | undefined {
  switch (subject.of) {
    case 'alert':
    case 'storm':
    case 'account':
      return 'alerts'
    case 'task':
    case 'run':
    case 'runs':
      return 'tasks'
    case 'person':
      if (purpose === 'morning' || purpose === 'meetings' || purpose === 'calendar') return 'five'
      return purpose === 'pulses' ? 'pulses' : 'alerts'
    default:
      return undefined
  }
}

/** An escalation or a renewal at risk: nobody may miss those, whatever they chose. */
export function isCritical({ purpose }: Pick<MessageKey, 'purpose'>, alertKinds: readonly string[]): boolean {
  return purpose === 'step' || alertKinds.includes('renewal_risk')
}

/** What happens to a message to a person: it is sent from an instant on, held for the morning, or skipped. */
export type Fate = { readonly at: Instant } | 'held' | 'dropped'

type Message = { readonly kind: MessageKind | undefined; readonly isCritical: boolean; readonly at: Instant }

export function fateOf({ kind, isCritical, at }: Message, { when, quiet }: Choices): Fate {
  if (kind === undefined || isCritical) return { at }
  // what is sent in the morning never waits for the morning
  const chosen = kind === 'five' ? 'now' : (when[kind] ?? DEFAULTS[kind])
  if (chosen === 'never') return 'dropped'
  if (chosen === 'morning') return 'held'
  return { at: quiet === undefined ? at : endOfQuiet(at, quiet) }
}

/** The same instant outside of the quiet hours, else when they end. */
export function endOfQuiet(at: Instant, { from, to, timeZone }: QuietHours): Instant {
  const { day, time } = localTimeAt(timeZone, at)
  const [begins, ends] = [timeOf(from), timeOf(to)]
  const isOverNight = begins > ends
  const isQuiet = isOverNight ? time >= begins || time < ends : time >= begins && time < ends
  if (!isQuiet) return at
  const endDay = isOverNight && time >= begins ? laterDay(day, 1) : day
  // where clocks are put back the end can come twice, and counts the first time it lies ahead
  return Math.max(at, Math.min(instantAt(timeZone, { day: endDay, time: ends }), at + DAY))
}

function timeOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000
}
