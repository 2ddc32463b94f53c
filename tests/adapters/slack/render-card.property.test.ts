import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderCard, renderCardAsModal } from '../../../adapters/slack/render/render-card.ts'
import { renderPlain } from '../../../adapters/slack/render/render-plain.ts'
import { splitCard } from '../../../adapters/slack/render/split-card.ts'
import { characters, pagedBy, textShown } from '../../support/fake-slack/reading.ts'
import { checkBlocks, checkView } from '../../support/fake-slack/validate-blocks.ts'
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

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/item#(\d+);/g)].map(([, number]) => Number(number))
}
