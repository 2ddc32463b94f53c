import type { Card } from '../../../src/views/card.ts'
import type { ButtonStyle } from './button.ts'
import { drawCard } from './draw-card.ts'
import { LIMITS } from './limits.ts'
import { splitCard } from './split-card.ts'
import { type Element, richText, run } from './text.ts'

export type AdaptiveCard = Element & { readonly type: 'AdaptiveCard'; readonly version: '1.5' }

/** One message's card. What does not fit is left out and said so: `splitCard` first where it may be long. */
export function renderCard(card: Card, how: ButtonStyle = { dialogs: true }): AdaptiveCard {
  const [first = card, ...others] = splitCard(card, LIMITS.grown)
  const body = drawCard(first, how)
  const note = richText([run('There is more than fits here.', 100, { size: 'small', isSubtle: true })])
  const drawn = adaptiveCard([...body, ...(others.length > 0 ? [note] : [])])
  if (how.dialogs) return drawn
  // where there are no dialogs, in the Playground, a width is answered by a warning below every message
  const { msteams: _, ...narrow } = drawn
  return narrow
}

export function adaptiveCard(
  body: readonly Element[],
  actions: readonly Element[] = [],
): AdaptiveCard & { msteams: object } {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    body,
    ...(actions.length === 0 ? {} : { actions }),
    msteams: { width: 'Full' },
  }
}
