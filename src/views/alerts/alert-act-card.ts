import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'
import { alertStateText, KIND_WORDS } from './alert-words.ts'

/** What an act did to an alert, and who had it before. */
export function alertActCard(before: AlertDetails, alert: AlertDetails, isDone: boolean): Card {
  const { account, kind } = alert
  const [did, had] = isDone
    ? [
        'Done',
        before.claimedBy === undefined
          ? ' Nobody had it before.'
          : ` ${before.nameOf(before.claimedBy)} had it before.`,
      ]
    : ['Nothing changed', '']
  return noticeCard(account.name, `${did}. ${KIND_WORDS[kind]}: ${alertStateText(alert)}.${had}`)
}
