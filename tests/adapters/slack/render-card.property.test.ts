import type { types } from '@slack/bolt'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderCard, renderCardAsHome, renderCardAsModal } from '../../../adapters/slack/render/render-card.ts'
import { renderPlain } from '../../../adapters/slack/render/render-plain.ts'
import { splitCard } from '../../../adapters/slack/render/split-card.ts'
import { characters, pagedBy, textShown } from '../../support/fake-slack/reading.ts'
import { checkBlocks, checkHome, checkView } from '../../support/fake-slack/validate-blocks.ts'
import { anyCard, longCard } from '../any-card.ts'

describe('whatever a card says', () => {
  it('Slack takes it as a message, within the budget, and it rings nobody', () => {
    fc.assert(
      fc.property(anyCard, card => {
        const message = renderCard(card)

        expect(checkBlocks(message.blocks, 'message')).toEqual([])
        // 46 blocks and the sentence that there is more
        expect(message.blocks.length).toBeLessThanOrEqual(47)
        expect(characters(message.blocks) + message.text.length).toBeLessThanOrEqual(9_600)
        expect(message.text.trim()).not.toBe('')
        expect(pagedBy(message)).toEqual([])
        expect(pagedBy({ text: renderPlain(card) })).toEqual([])
        expect(renderPlain(card).length).toBeLessThanOrEqual(4_000)
      }),
      { numRuns: 150, interruptAfterTimeLimit: 15_000 },
    )
  })

  it('Slack takes it as a modal', () => {
    fc.assert(
      fc.property(anyCard, card => {
        expect(checkView(renderCardAsModal(card))).toEqual([])
      }),
      { numRuns: 60, interruptAfterTimeLimit: 15_000 },
    )
  })

  it('Slack takes it as an App Home', () => {
    fc.assert(
      fc.property(anyCard, card => {
        expect(checkHome(renderCardAsHome(card))).toEqual([])
      }),
      { numRuns: 60, interruptAfterTimeLimit: 15_000 },
    )
  })

  it('each row of a table, each cell that has a head, and each button of a line is there', () => {
    fc.assert(
      fc.property(anyCard, card => {
        const blocks = splitCard(card).flatMap(piece => renderCard(piece).blocks)
        const drawn = blocks.flatMap(block => (block.type === 'data_table' ? [block.rows.slice(1)] : [])).flat()
        const given = card.parts.flatMap(part =>
          part.kind === 'table' && part.columns.length > 0
            ? part.rows.map(() => Math.min(part.columns.length, 20))
            : [],
        )
        const items = card.parts.flatMap(part => (part.kind === 'list' ? part.items : []))
        const choices = items.map(({ choices = [] }) => choices.length).filter(count => count > 0)
        const own = renderCard({ ...card, parts: [] }).blocks

        expect(drawn.map(row => row.length)).toEqual(given)
        expect(buttonRows(blocks).sort()).toEqual([...choices, ...buttonRows(own)].sort())
      }),
      { numRuns: 60, interruptAfterTimeLimit: 15_000 },
    )
  })

  it('each piece of it fits one message without being cut again', () => {
    fc.assert(
      fc.property(anyCard, card => {
        for (const piece of splitCard(card)) {
          const message = renderCard(piece)
          expect(splitCard(piece)).toHaveLength(1)
          expect(checkBlocks(message.blocks, 'message')).toEqual([])
          expect(message.blocks.length).toBeLessThanOrEqual(40)
          expect(characters(message.blocks) + message.text.length).toBeLessThanOrEqual(8_000)
        }
      }),
      { numRuns: 100, interruptAfterTimeLimit: 15_000 },
    )
  })
})

describe('splitting', () => {
  it('keeps every item exactly once and in order, and every button with its item', () => {
    fc.assert(
      fc.property(longCard, card => {
        const pieces = splitCard(card)
        const shown = pieces.map(piece => textShown(renderCard(piece).blocks)).join('\n')
        const given = JSON.stringify(card)

        expect(numbersIn(shown)).toEqual(numbersIn(given))
        expect(numbersIn(shown)).toEqual(numbersIn(shown).map((_, n) => n))
        expect(pieces.filter(piece => piece.buttons !== undefined)).toEqual([pieces[0]])
      }),
      { numRuns: 60, interruptAfterTimeLimit: 15_000 },
    )
  })
})

function buttonRows(blocks: readonly types.KnownBlock[]): number[] {
  return blocks.flatMap(block => (block.type === 'actions' ? [block.elements.length] : []))
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/item#(\d+);/g)].map(([, number]) => Number(number))
}
