import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeOf } from '../../../adapters/teams/limits.ts'
import { renderCard } from '../../../adapters/teams/render-card.ts'
import { splitCard } from '../../../adapters/teams/split-card.ts'
import { complaintsAbout, elementsIn, textsIn } from '../../support/adaptive-card.ts'
import { anyCard, longCard } from '../any-card.ts'

const TYPES = ['AdaptiveCard', 'RichTextBlock', 'TextRun', 'ColumnSet', 'Column', 'ActionSet', 'Chart.Line']
const ACTIONS = ['Action.Execute', 'Action.Submit', 'Action.OpenUrl', 'task/fetch']

describe('whatever a card says', () => {
  it('each piece of it is a card that Teams knows, within the budget', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (card, dialogs) => {
        for (const piece of splitCard(card)) {
          const drawn = renderCard(piece, { dialogs })
          expect(splitCard(piece)).toHaveLength(1)
          expect(complaintsAbout(drawn)).toEqual([])
          expect(sizeOf(drawn)).toBeLessThanOrEqual(24_000)
        }
        expect(sizeOf(renderCard(card, { dialogs }))).toBeLessThanOrEqual(26_000)
      }),
      { numRuns: 50, interruptAfterTimeLimit: 10_000 },
    )
  })

  it('its words stand only where nothing acts, and fill in nothing', () => {
    fc.assert(
      fc.property(anyCard, card => {
        for (const drawn of splitCard(card).map(piece => renderCard(piece))) {
          const types = elementsIn(drawn).map(({ type }) => type)
          expect(types.filter(type => ![...TYPES, ...ACTIONS].includes(type))).toEqual([])
          expect(drawn.msteams).toEqual({ width: 'Full' })
          const shown = textsIn(drawn)
          expect(shown.filter(text => /\{\{|\$\{/.test(text))).toEqual([])
          expect(shown.filter(text => /[\p{Cc}\p{Bidi_Control}\p{Cs}]/u.test(text))).toEqual([])
          expect(shown.filter(text => text.trim() === '')).toEqual([])
        }
      }),
      { numRuns: 40, interruptAfterTimeLimit: 10_000 },
    )
  })
})

describe('splitting', () => {
  it('keeps every item exactly once and in order, and every button with its item', () => {
    fc.assert(
      fc.property(longCard, card => {
        const pieces = splitCard(card)
        const shown = pieces.map(piece => textsIn(renderCard(piece)).join('\n')).join('\n')

        expect(numbersIn(shown)).toEqual(numbersIn(JSON.stringify(card)))
        expect(pieces.filter(piece => piece.buttons !== undefined)).toEqual([pieces[0]])
        for (const row of pieces.flatMap(piece => rowsOf(renderCard(piece)))) {
          const [number] = numbersIn(textsIn(row).join('\n'))
          expect(valuesIn(row).filter(value => value !== String(number))).toEqual([])
        }
      }),
      { numRuns: 40, interruptAfterTimeLimit: 10_000 },
    )
  })
})

function rowsOf(card: unknown) {
  return elementsIn(card).filter(({ type }) => type === 'ColumnSet')
}

function valuesIn(row: unknown): readonly unknown[] {
  return elementsIn(row).flatMap(({ data }) => (data === undefined ? [] : [(data as { value: unknown }).value]))
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/item#(\d+);/g)].map(([, number]) => Number(number))
}
