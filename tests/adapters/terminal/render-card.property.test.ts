import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { renderCard } from '../../../adapters/terminal/render-card.ts'
import { wideLines } from '../../../adapters/terminal/wide-lines.ts'
import { anyCard } from '../any-card.ts'

describe('whatever a card says in a terminal', () => {
  it('steers nothing, and no row of a table is wider than its window', () => {
    fc.assert(
      fc.property(anyCard, fc.integer({ min: 40, max: 100 }), (card, columns) => {
        const shown = renderCard(card, { columns, colors: false, lines: wideLines })

        expect(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u.test(shown)).toBe(false)
        const tables = card.parts.filter(part => part.kind === 'table' && part.columns.length <= 8)
        for (const table of tables) {
          const alone = renderCard(
            { title: '', summary: '', parts: [{ ...table, caption: '' }] as never },
            { columns, colors: false, lines: wideLines },
          )
          for (const line of alone.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
        }
      }),
      { numRuns: 20, interruptAfterTimeLimit: 10_000 },
    )
  })

  it('stands in line, numbers at the right, what is too wide cut', () => {
    const card = {
      title: 'Acme',
      summary: 'Acme',
      parts: [
        {
          kind: 'table',
          caption: 'Moved',
          columns: [{ label: 'Component' }, { label: 'Points', isNumeric: true }],
          rows: [
            [{ text: 'Use' }, { text: '-12', value: -12 }],
            [{ text: 'x'.repeat(60) }, { text: '3', value: 3 }],
          ],
        },
      ],
    } as const

    expect(renderCard(card, { columns: 40, colors: false, lines: wideLines }).split('\n').slice(3, 7)).toEqual([
      'Moved',
      `  Component${' '.repeat(23)}Points`,
      `  Use${' '.repeat(32)}-12`,
      `  ${'x'.repeat(29)}…       3`,
    ])
  })
})
