import { maskedFeed } from '../../domain/meetings/meeting.ts'
import type { Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'

/** Sent once, until the calendar can be read again. */
export function unreadFeedCard(url: string, reason: string): Card {
  const sentence = `I could not read your calendar at ${maskedFeed(url)} this morning: ${reason}.`
  return noticeCard('Your calendar', sentence, 'I try again each morning. Change its address in /health preferences.')
}
