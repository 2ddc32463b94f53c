import { noticeCard } from '../../views/parts/answer-cards.ts'
import { undoAct } from '../../work/alerts/undo.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'

/** Undoes what the person who presses has just done. */
export const undo: ButtonHandler = async (context, { actor, value }) => {
  const { account, what, isNow } = await undoAct(context, await identify(context, actor), value)
  const sentence = what === 'alert' ? `The alert for ${account}: ${isNow}.` : `${what} for ${account}: ${isNow}.`
  return { kind: 'card', card: noticeCard('Undone', sentence), audience: 'caller', isResult: true }
}
