import type { types } from '@slack/bolt'
import type { Card } from '../../../src/views/card.ts'
import type { Place } from './button.ts'
import { drawCard } from './draw-card.ts'
import { CUTS, HOME, LIMITS, ROOM } from './limits.ts'
import { splitCard } from './split-card.ts'
import { literal, oneLine, plain } from './text.ts'

export type RenderedCard = { readonly text: string; readonly blocks: types.KnownBlock[] }

/** One message. Anything that does not fit is left out, with a note: use `splitCard` first if it may be long. */
export function renderCard(card: Card): RenderedCard {
  return { text: literal(card.summary, CUTS.summary), blocks: boundedBlocks(card, 'message') }
}

/** The same card as a modal, in place of a form or over another modal. */
export function renderCardAsModal(card: Card): types.ModalView {
  const [header, ...rest] = boundedBlocks(card, 'modal')
  const fitsTitle = oneLine(card.title).length <= LIMITS.modalTitle
  const blocks = fitsTitle || header === undefined ? rest : [header, ...rest]
  return {
    type: 'modal',
    title: plain(oneLine(card.title), LIMITS.modalTitle),
    close: plain('Close', LIMITS.modalTitle),
    // a modal needs at least one block
    blocks: blocks.length > 0 ? blocks : [{ type: 'section', text: plain(card.summary, LIMITS.section) }],
  }
}

/** The same card as somebody's App Home. */
export function renderCardAsHome(card: Card): types.HomeView {
  return { type: 'home', blocks: boundedBlocks(card, 'home') }
}

function boundedBlocks(card: Card, place: Place): types.KnownBlock[] {
  const [first = card, ...others] = splitCard(card, place === 'home' ? HOME : ROOM, place)
  const note: types.ContextBlock = {
    type: 'context',
    elements: [plain('There is more than fits here.', LIMITS.context)],
  }
  // the types of Slack's library lag behind its blocks
  const blocks = drawCard(first, place) as readonly types.KnownBlock[]
  return [...blocks, ...(others.length > 0 ? [note] : [])]
}
