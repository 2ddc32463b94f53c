import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Button, Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'
import { agoText } from '../scoring/evidence.ts'
import { alertStateText, holderOf } from './alert-words.ts'

/** A change that was made, with a button to the account and, if possible, an undo. */
export function alertDoneCard(title: string, sentence: string, { account }: AlertDetails, undo?: string): Card {
  const back: Button[] = undo === undefined ? [] : [{ label: 'Undo', action: 'undo', value: undo }]
  const show: Button = { label: 'Show account', action: 'show', value: account.id }
  return { ...noticeCard(title, sentence), buttons: [...back, show] }
}

/** What happened to the account's other alerts. */
export function joinedText(joined: number): string {
  if (joined === 0) return ''
  return joined === 1 ? ' Its other open alert is included.' : ` Its ${joined} other open alerts are included.`
}

/** A change that was not made, because the alert has changed: its state now. */
export function alertStandsCard(alert: AlertDetails, who: string, now: Instant): Card {
  const { account, state, claimedBy, claimedAt = now, resolvedBy, resolvedAt = now, nameOf } = alert
  switch (state) {
    case 'claimed':
      return claimedBy === who
        ? noticeCard('Already yours', `You claimed ${account.name} ${agoText(claimedAt, now)}.`)
        : noticeCard('Somebody was faster', `${holderOf(alert)} claimed ${account.name} ${agoText(claimedAt, now)}.`)
    case 'resolved': {
      const by = resolvedBy === undefined ? 'by itself' : `by ${nameOf(resolvedBy)}`
      const sentence = `The alert for ${account.name} was resolved ${by} ${agoText(resolvedAt, now)}.`
      return noticeCard('Resolved', sentence, `${alertStateText(alert)}.`)
    }
    case 'snoozed':
    case 'open':
      return noticeCard('Current state', `${account.name}: ${alertStateText(alert)}.`)
  }
}
