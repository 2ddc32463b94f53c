import type { Refusal } from '../../domain/people/admission.ts'
import type { Card } from '../card.ts'
import { noticeCard } from './answer-cards.ts'

/** One polite sentence, without a word about any account. */
export function refusalCard(refusal: Refusal): Card {
  return noticeCard('Rounds', SENTENCES[refusal])
}

const SENTENCES: Readonly<Record<Refusal, string>> = {
  outsider: 'Rounds only answers people in its own company. If that is you, ask its administrator to add you.',
  guest: 'Rounds does not answer guests. An admin can let you in with `rounds import people`.',
  bot: 'Rounds does not answer bots.',
  deactivated: 'Your account is deactivated, so I cannot answer you.',
  unknown:
    'I cannot tell right now whether you belong to this company. Write to me directly, or try again in a minute.',
  not_a_person:
    'Only people whom an admin has added can ask here. An admin can let you in with `rounds import people`.',
}

export const OTHERS_READ_ALONG = 'People from outside your company can read that channel, so this is only for you.'

/** The greeting in a place that gets no announcements. */
export function sharedPlaceCard(): Card {
  const sentence = 'People from outside your company can read this channel, so I post nothing here and answer only you.'
  return noticeCard('Rounds', sentence)
}
