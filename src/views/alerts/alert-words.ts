import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import type { AlertFeedback } from '../../domain/alerts/feedback.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { timeText } from '../scoring/evidence.ts'

export const KIND_WORDS: Readonly<Record<AlertKind, string>> = {
  at_risk: 'At risk',
  sharp_drop: 'Sharp drop',
  expansion_ready: 'Ready for expansion',
  pulse_divergence: 'Pulse and data disagree',
  renewal_risk: 'Renewal at risk',
  went_silent: 'Went silent',
}

export const HAPPENED: Readonly<Record<AlertKind, string>> = {
  at_risk: 'is now at risk',
  sharp_drop: 'fell sharply',
  expansion_ready: 'is ready to grow',
  pulse_divergence: 'has a pulse that disagrees with its data',
  renewal_risk: 'renews soon and is not healthy',
  went_silent: 'went silent: there is too little current data for a verdict',
}

export const OVER: Readonly<Record<AlertKind, string>> = {
  at_risk: 'is no longer at risk',
  sharp_drop: 'is no longer far below where it was',
  expansion_ready: 'is no longer ready to grow',
  pulse_divergence: 'has a pulse that agrees with its data again',
  renewal_risk: 'is healthy, or its renewal has passed',
  went_silent: 'has current data again',
}

export const VERDICT_WORDS: Readonly<Record<AlertFeedback, string>> = {
  useful: 'Useful',
  known: 'Already known',
  wrong: 'Wrong',
}

/** Who has an alert, or how it ended: the same words in every copy. */
export function alertStateText(alert: AlertDetails): string {
  const { state, claimedBy, claimedAt, nameOf } = alert
  switch (state) {
    case 'open':
      return 'Not claimed yet'
    case 'claimed':
      return `Claimed by ${holderOf(alert)}${claimedAt === undefined ? '' : ` since ${timeText(claimedAt)}`}`
    case 'snoozed':
      return `Snoozed ${snoozeText(alert)}${claimedBy === undefined ? '' : `, claimed by ${nameOf(claimedBy)}`}`
    case 'resolved':
      return resolvedText(alert)
  }
}

/** The state by a word and a sign: "○ nobody yet", "● Dana has it", "☾ snoozed until 2026-11-30", "✓ resolved". */
export function signOf(alert: AlertDetails): string {
  switch (alert.state) {
    case 'open':
      return '○ nobody yet'
    case 'claimed':
      return `● ${shortened(holderOf(alert), 32)} has it`
    case 'snoozed':
      return `☾ snoozed${alert.wakesOn === undefined ? '' : ` until ${alert.wakesOn}`}`
    case 'resolved':
      return '✓ resolved'
  }
}

/** A name that leaves room for what follows it, in characters as people count them. */
export function shortened(name: string, most: number): string {
  const all = [...name.replace(/\s+/g, ' ')]
  return all.length <= most ? all.join('') : `${all.slice(0, most - 1).join('')}…`
}

/** "until 2026-11-30, or until the score falls below 61" */
export function snoozeText({
  wakesAt,
  wakesOn,
  wakesBelow,
}: Pick<AlertDetails, 'wakesAt' | 'wakesOn' | 'wakesBelow'>): string {
  const day = wakesAt === undefined ? [] : [`until ${wakesOn ?? timeText(wakesAt)}`]
  const worse = wakesBelow === undefined ? [] : [`until the score falls below ${wakesBelow}`]
  return [...day, ...worse].join(', or ')
}

export function holderOf({ claimedBy, nameOf }: AlertDetails): string {
  return claimedBy === undefined ? 'nobody' : nameOf(claimedBy)
}

function resolvedText({ kind, resolvedBy, resolution, resolvedAt, nameOf }: AlertDetails): string {
  const when = resolvedAt === undefined ? '' : ` on ${dayOf(resolvedAt)}`
  if (resolvedBy === undefined && resolution !== undefined) return `Resolved${when}: ${resolution}`
  if (resolvedBy === undefined) return `Resolved by itself${when}: the account ${OVER[kind]}`
  return `Resolved by ${nameOf(resolvedBy)}${when}: ${resolution ?? 'no reason given'}`
}

export function verdictsText(verdicts: readonly AlertFeedback[]): string {
  const count = (verdict: AlertFeedback) => verdicts.filter(said => said === verdict).length
  return (Object.keys(VERDICT_WORDS) as AlertFeedback[])
    .filter(verdict => count(verdict) > 0)
    .map(verdict => `${VERDICT_WORDS[verdict]}: ${count(verdict)}`)
    .join(', ')
}
