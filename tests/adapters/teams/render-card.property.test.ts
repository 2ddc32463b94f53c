import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeOf } from '../../../adapters/teams/render/limits.ts'
import { renderCard } from '../../../adapters/teams/render/render-card.ts'
import { splitCard } from '../../../adapters/teams/render/split-card.ts'
import type { Card } from '../../../src/views/card.ts'
import { complaintsAbout, elementsIn, textsIn } from '../../support/adaptive-card.ts'
import { anyCard, longCard } from '../any-card.ts'

const TYPES = [
  'AdaptiveCard',
  'RichTextBlock',
  'TextRun',
  'Container',
  'ColumnSet',
  'Column',
  'ActionSet',
  'Chart.Line',
  'Table',
  'TableRow',
  'TableCell',
]
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

  it('each row and column of a table is there, and each button of a line', () => {
    fc.assert(
      fc.property(anyCard, card => {
        const drawn = splitCard(card).map(piece => renderCard(piece))
        const tables = drawn.flatMap(elementsIn).filter(({ type }) => type === 'Table') as unknown as readonly Table[]
        const given = card.parts.flatMap(part =>
          part.kind === 'table' && part.columns.length > 0
            ? part.rows.map(() => Math.min(part.columns.length, 20))
            : [],
        )
        expect(tables.flatMap(({ rows }) => rows.slice(1).map(({ cells }) => cells.length))).toEqual(given)

        const choices = card.parts.flatMap(part =>
          part.kind === 'list' ? part.items.flatMap(({ choices = [] }) => choices.map(({ value }) => value)) : [],
        )
        const values = drawn.flatMap(valuesIn)
        expect(choices.filter(value => !values.includes(value))).toEqual([])
      }),
      { numRuns: 40, interruptAfterTimeLimit: 10_000 },
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

describe('what was said', () => {
  it('arrives as just its characters, whole, or cut with an ellipsis', () => {
    fc.assert(
      fc.property(anyCard, card => {
        const drawn = splitCard(card).map(piece => renderCard(piece))
        const shown = new Set(drawn.flatMap(textsIn).map(bare))
        const cuts = [...shown].filter(text => text.endsWith('…')).map(text => text.slice(0, -1))
        // a further piece begins with its title, which is no part of what was said
        const all = bare(drawn.flatMap((piece, n) => runsIn(piece).slice(Math.min(n, 1))).join(''))

        for (const text of shortTexts(card)) {
          const isWhole = shown.has(text) || all.includes(text)
          expect([text, isWhole || cuts.some(cut => cut.length >= 30 && text.startsWith(cut))]).toEqual([text, true])
        }
        for (const text of longTexts(card)) expect([text, all.includes(text)]).toEqual([text, true])
      }),
      { numRuns: 60, interruptAfterTimeLimit: 10_000 },
    )
  })

  it('goes on in further pieces when it is a hundred thousand characters long', () => {
    const text = Array.from({ length: 12_500 }, (_, n) => `w${n} *漢*`).join(' ')

    const pieces = splitCard({ title: 'T', summary: 's', parts: [{ kind: 'text', text }] })

    const shown = pieces.flatMap(piece => textsIn(renderCard(piece)).slice(1))
    expect(shown.join(' ')).toBe(text)
    expect(pieces.length).toBeGreaterThan(4)
    for (const piece of pieces) expect(sizeOf(renderCard(piece))).toBeLessThanOrEqual(24_000)
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

type Table = { readonly type: string; readonly rows: readonly { readonly cells: readonly unknown[] }[] }

function runsIn(card: unknown): readonly string[] {
  return elementsIn(card).flatMap(({ type, text }) => (type === 'TextRun' ? [String(text)] : []))
}

function rowsOf(card: unknown) {
  return elementsIn(card).filter(({ type }) => type === 'ColumnSet')
}

function valuesIn(row: unknown): readonly unknown[] {
  return elementsIn(row).flatMap(({ data }) => (data === undefined ? [] : [(data as { value: unknown }).value]))
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/item#(\d+);/g)].map(([, number]) => Number(number))
}

/** A text's characters without blanks and without what is never shown. */
function bare(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\s\p{Cc}\p{Bidi_Control}\ufeff\u2060]/gu, '')
    .normalize('NFC')
}

function visible(texts: readonly (string | undefined)[]): readonly string[] {
  return texts.map(text => bare(text ?? '')).filter(text => /[^\p{Cf}]/u.test(text))
}

/** What is cut where it is too long to be read beside the rest. */
function shortTexts({ title, badge, parts, buttons = [] }: Card): readonly string[] {
  const items = parts.flatMap(part => (part.kind === 'list' ? part.items : []))
  const facts = parts.flatMap(part => (part.kind === 'facts' ? part.facts : []))
  const headings = parts.flatMap(part => (part.kind === 'list' && part.items.length > 0 ? [part.heading] : []))
  return visible([
    title,
    badge?.text,
    ...headings,
    ...facts.flatMap(({ label, value }) => [label, value]),
    ...items.flatMap(({ lead, text, button }) => [lead, text, button?.label]),
    ...buttons.slice(0, 5).map(({ label }) => label),
  ])
}

/** What is never cut. */
function longTexts({ parts }: Card): readonly string[] {
  return visible(parts.map(part => (part.kind === 'text' || part.kind === 'chart' ? part.text : undefined)))
}
