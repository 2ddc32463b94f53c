import { expect, it } from 'vitest'
import type { Card } from '../../src/views/card.ts'
import { redrawn } from '../../src/views/redrawn.ts'

const at = (day: string) => Date.parse(`${day}T06:00:00Z`)
const item = { text: 'Renews 2026-12-01, in 28 days', note: 'opened 2026-11-02, today' }
const card: Card = {
  title: 'Acme',
  summary: 'Acme renews 2026-12-01, in 28 days.',
  parts: [
    { kind: 'facts', facts: [{ label: 'Renewal', value: '2026-12-01, in 28 days' }] },
    { kind: 'list', items: [item, { ...item, asOf: at('2026-11-03') }] },
  ],
}

it('counts the days of a message that waited, or is edited later, from the day on which it goes out', () => {
  const shown = JSON.stringify(redrawn(card, at('2026-11-30')))

  expect(shown).toContain('Acme renews 2026-12-01, in 1 day.')
  expect(shown).toContain('"value":"2026-12-01, in 1 day"')
  expect(shown).toContain('"note":"opened 2026-11-02, 28 days ago"')
})

it('leaves what was true as of some moment as it was', () => {
  const [, list] = redrawn(card, at('2026-11-30')).parts

  expect(list).toMatchObject({ items: [{ text: 'Renews 2026-12-01, in 1 day' }, item] })
  expect(redrawn({ ...card, asOf: at('2026-11-03') }, at('2026-11-30'))).toMatchObject(card)
})
