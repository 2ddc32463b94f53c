import { describe, expect, it } from 'vitest'
import { renderCard } from '../../../adapters/teams/render-card.ts'
import { splitCard } from '../../../adapters/teams/split-card.ts'
import type { Card } from '../../../src/views/card.ts'

describe('a card that is too long', () => {
  const items = Array.from({ length: 200 }, (_, n) => ({
    lead: `Account ${n}`,
    text: 'fell below its band',
    button: { label: 'Claim', action: 'claim', value: `alert:${n}` },
  }))
  const long: Card = { title: 'Digest', summary: 'What changed', parts: [{ kind: 'list', heading: 'At risk', items }] }

  it('goes on in further pieces, each within what Teams takes', () => {
    const pieces = splitCard(long)

    expect(pieces[1]?.title).toBe('Digest … continued (2)')
    for (const piece of pieces) expect(JSON.stringify(renderCard(piece)).length).toBeLessThanOrEqual(24_000)
  })

  it('says in one message that there is more', () => {
    expect(JSON.stringify(renderCard(long))).toContain('There is more than fits here.')
  })
})
