import { noticeCard } from '../../views/parts/answer-cards.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { studyId } from './long-study.ts'

/** Cancels a study that the caller started; the button's value is the request. */
export const cancelStudy: ButtonHandler = async ({ study }, { actor, value }) => {
  const sentence = study.cancel(studyId(actor, value)) ? 'It is canceled.' : 'It is no longer running.'
  return { kind: 'card', card: noticeCard('Cancel', sentence), audience: 'caller' }
}
