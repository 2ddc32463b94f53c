import { describe, expect, it } from 'vitest'
import { sizeOf } from '../../../adapters/teams/render/limits.ts'
import { renderCard } from '../../../adapters/teams/render/render-card.ts'
import { renderPlain } from '../../../adapters/teams/render/render-plain.ts'
import { splitCard } from '../../../adapters/teams/render/split-card.ts'
import type { Card } from '../../../src/views/card.ts'
import { complaintsAbout, elementsIn, type Json, textsIn } from '../../support/adaptive-card.ts'
import {
  worstAccounts,
  worstDigest,
  worstReview,
  worstTasks,
  worstTasksCard,
  worstTimeline,
} from '../../support/worst-portfolio.ts'

/** Every piece is within the budget and one that Teams takes; the rows with the buttons on them, in order. */
function rowsOf(card: Card): readonly Json[] {
  const pieces = splitCard(card).map(piece => renderCard(piece))
  for (const piece of pieces) {
    expect(sizeOf(piece)).toBeLessThanOrEqual(24_000)
    expect(complaintsAbout(piece)).toEqual([])
  }
  expect(textsIn(pieces.at(-1)).join()).not.toContain('There is more than fits here')
  return pieces.flatMap(piece => elementsIn(piece).filter(row => isItem(row) && valueIn(row) !== undefined))
}

/** The row of an item begins with its mark. */
function isItem({ type, columns }: Json): boolean {
  return type === 'ColumnSet' && (columns as Json[])[0]?.width === '20px'
}

function valueIn(row: Json): unknown {
  return elementsIn(row).flatMap(({ data }) => (data === undefined ? [] : [(data as { value: unknown }).value]))[0]
}

describe('the worst portfolio', () => {
  it('a digest of two hundred accounts goes out in pieces, each line with its own button', () => {
    const rows = rowsOf(worstDigest(200))

    expect(rows).toHaveLength(200)
    for (const [n, row] of rows.entries()) {
      expect(textsIn(row).join(' ')).toContain(`${n}. *漢字* <at>Dana</at>`)
      expect(valueIn(row)).toBe(`alert-${n}`)
    }
  })

  it('a portfolio of a thousand accounts without an owner names them all', () => {
    const rows = rowsOf(worstReview({ renewals: 300, unowned: 1_000 }))

    expect(rows.map(valueIn)).toEqual([...worstAccounts(300), ...worstAccounts(1_000)].map(({ id }) => id))
  })

  it('three hundred tasks keep their buttons, and what can be done with them all stands on the first piece', () => {
    const tasks = worstTasks(300)
    const card = worstTasksCard(tasks)

    const rows = rowsOf(card)

    expect(rows.map(valueIn)).toEqual(tasks.map(({ id }) => id))
    for (const row of rows) expect(textsIn(row)).toEqual(expect.arrayContaining(['Done', 'Acknowledge']))
    const first = textsIn(renderCard(splitCard(card)[0] ?? card))
    for (const label of ['Done, with a note', 'Skip', 'Reassign', 'Add task', 'Skip (in this card)'])
      expect(first).toContain(label)
  })

  it('a timeline of long comments loses none', () => {
    const pieces = splitCard(worstTimeline(150)).map(piece => renderCard(piece))

    for (const piece of pieces) expect([sizeOf(piece) <= 24_000, complaintsAbout(piece)]).toEqual([true, []])
    const numbers = [
      ...pieces
        .flatMap(textsIn)
        .join('\n')
        .matchAll(/#(\d+);/g),
    ].map(([, n]) => Number(n))
    expect(numbers).toEqual(Array.from({ length: 150 }, (_, n) => n))
  })

  it('is still one message as text alone', () => {
    const text = renderPlain(worstDigest(200))

    expect(text.length).toBeLessThanOrEqual(8_000)
    expect(text).toMatch(/^Morning rounds, 2026-11-01 \(late\)\n/)
    expect(text).toMatch(/…$/)
  })
})
