import { describe, expect, it } from 'vitest'
import { actionOf } from '../../../adapters/teams/render/button.ts'
import { renderCard } from '../../../adapters/teams/render/render-card.ts'
import { renderPlain } from '../../../adapters/teams/render/render-plain.ts'
import { splitCard } from '../../../adapters/teams/render/split-card.ts'
import type { Card } from '../../../src/views/card.ts'
import { complaintsAbout, elementsIn, textsIn } from '../../support/adaptive-card.ts'

const claim = { label: 'Claim', action: 'claim', value: 'alert:1', style: 'primary' } as const
const assign = { label: 'Assign', action: 'assign', value: 'alert:1', opensForm: true } as const
const cardWith = (...parts: Card['parts']): Card => ({ title: 'T', summary: 's', parts })

describe('a card in Teams', () => {
  it('reads from the title down to the buttons', () => {
    const card = renderCard({
      title: 'Acme',
      badge: { text: '38 · At risk', tone: 'bad' },
      summary: 'Acme is at risk',
      parts: [
        { kind: 'text', text: 'Fell 14 in 30 days.' },
        { kind: 'facts', facts: [{ label: 'Owner', value: 'Dana' }] },
        {
          kind: 'list',
          heading: 'Why',
          items: [{ tone: 'bad', lead: 'Logins', text: 'down 60%', note: 'since May\nOwner Dana', button: claim }],
        },
        { kind: 'text', text: 'Model saas', quiet: true },
      ],
      buttons: [{ label: 'Share', action: 'share', value: '' }],
    })

    expect(complaintsAbout(card)).toEqual([])
    expect(card).toMatchObject({ version: '1.5', msteams: { width: 'Full' } })
    const words = ['Acme', '◆ ', '38 · At risk', 'Fell 14 in 30 days.', 'Owner', 'Dana', 'Why', '◆', 'Logins ']
    expect(textsIn(card)).toEqual([...words, 'down 60%', 'since May', 'Owner Dana', 'Claim', 'Model saas', 'Share'])
    const actions = elementsIn(card).filter(({ type }) => type === 'Action.Execute')
    expect(actions).toEqual([
      { type: 'Action.Execute', title: 'Claim', verb: 'claim', data: { value: 'alert:1' }, style: 'positive' },
      { type: 'Action.Execute', title: 'Share', verb: 'share', data: { value: '' } },
    ])
  })

  it('draws a line chart where there are numbers, and prints them for the person who sees none', () => {
    const points = [81, 74, Number.NaN, 48].map((value, n) => ({ label: `10-0${n}`, value }))

    const card = renderCard(cardWith({ kind: 'chart', title: 'Score', points, text: 'Week by week: 81 → 74 → 48.' }))

    expect(complaintsAbout(card)).toEqual([])
    const values = [81, 74, 48].map((y, n) => ({ x: ['10-00', '10-01', '10-03'][n], y }))
    expect(elementsIn(card).find(({ type }) => type === 'Chart.Line')).toMatchObject({
      title: 'Score',
      data: [{ legend: 'Score', values }],
      fallback: 'drop',
    })
    expect(textsIn(card)).toContain('Week by week: 81 → 74 → 48.')
  })

  it('tells tones apart by their shapes, not by color alone', () => {
    const tones = ['good', 'warn', 'bad', 'neutral'] as const

    const card = renderCard(cardWith({ kind: 'list', items: tones.map(tone => ({ tone, text: 'x' })) }))

    const marks = textsIn(card).filter(text => !['T', 'x'].includes(text))
    expect(new Set(marks).size).toBe(4)
  })

  it.each([
    ['https://example.com/a?b=c', true],
    ['http://example.com', false],
    ['javascript:alert(1)', false],
    ['https://example.com/ x', false],
    [`https://example.com/${'x'.repeat(1_000)}`, false],
  ])('leads to %s: %s', (url, leads) => {
    const card = renderCard(cardWith({ kind: 'list', items: [{ text: 'x', link: { label: 'Open', url } }] }))

    expect(JSON.stringify(card).includes('Action.OpenUrl')).toBe(leads)
  })

  it.each([
    ['See /health tasks.', 'See health tasks.'],
    ['"/health" alone', '"health" alone'],
    ['https://example.com/health', 'https://example.com/health'],
    ['GET /healthz and /health/check', 'GET /healthz and /health/check'],
    ['two\tblanks  and\u202e more\u0000', 'two blanks and more'],
    ['$\u007bx} {{DATE(2026-11-01T08:00:00Z)}} {{{', '$\u2060{x} {\u2060{DATE(2026-11-01T08:00:00Z)}} {\u2060{\u2060{'],
  ])('shows %j as %j', (text, shown) => {
    expect(textsIn(renderCard(cardWith({ kind: 'text', text })))).toEqual(['T', shown])
  })
})

describe('buttons', () => {
  it('that open a form open a dialog, and the form inside the card behind the three dots', () => {
    const card = renderCard({ ...cardWith(), buttons: [claim, assign] })

    expect(elementsIn(card).filter(({ type }) => type.startsWith('Action.'))).toEqual([
      expect.objectContaining({ type: 'Action.Execute', title: 'Claim', verb: 'claim' }),
      {
        type: 'Action.Submit',
        title: 'Assign',
        data: { msteams: { type: 'task/fetch' }, action: 'assign', value: 'alert:1' },
      },
      {
        type: 'Action.Execute',
        title: 'Assign (in this card)',
        verb: 'assign',
        data: { value: 'alert:1' },
        mode: 'secondary',
      },
    ])
  })

  it('show the form in the card at once where there are no dialogs', () => {
    const card = renderCard({ ...cardWith(), buttons: [assign] }, { dialogs: false })

    expect(elementsIn(card).filter(({ type }) => type.startsWith('Action.'))).toEqual([
      { type: 'Action.Execute', title: 'Assign', verb: 'assign', data: { value: 'alert:1' } },
    ])
  })

  it('stand in sets of five, for Teams drops what is too many for one', () => {
    const buttons = Array.from({ length: 12 }, (_, n) => ({
      label: `B${n}`,
      action: 'show' as const,
      value: String(n),
    }))

    const card = renderCard({ ...cardWith(), buttons })

    const sets = elementsIn(card).filter(({ type }) => type === 'ActionSet')
    expect(sets.map(({ actions }) => (actions as unknown[]).length)).toEqual([5, 5, 2])
    expect(textsIn(card).slice(1)).toEqual(buttons.map(({ label }) => label))
  })

  it('are left out when their value would not come back whole', () => {
    const card = renderCard({ ...cardWith(), buttons: [{ label: 'Long', action: 'show', value: 'é'.repeat(1_001) }] })

    expect(textsIn(card)).toEqual(['T'])
  })

  it.each([
    [
      { verb: 'claim', data: { value: 'a' } },
      { action: 'claim', value: 'a' },
    ],
    [{ verb: 'claim' }, { action: 'claim', value: '' }],
    [{ data: { msteams: { type: 'task/fetch' }, action: 'assign', value: 'a' } }, { action: 'assign', value: 'a' }],
    [{ data: { action: 'assign' } }, undefined],
    [{ verb: 7, data: null }, undefined],
  ])('are read back from %j', (pressed, read) => {
    expect(actionOf(pressed)).toEqual(read)
  })
})

describe('a card as text alone', () => {
  it('says everything, with nothing but characters', () => {
    const item = { tone: 'bad', lead: '<at>Dana</at>', text: '*x*', note: 'since May', button: claim } as const
    const parts: Card['parts'] = [
      { kind: 'list', heading: 'Why', items: [item] },
      { kind: 'facts', facts: [{ label: 'Owner', value: 'Dana' }] },
      { kind: 'chart', title: 'Score', points: [], text: '81 → 74' },
    ]

    const text = renderPlain({ title: 'Acme', badge: { text: 'At risk', tone: 'bad' }, summary: 'Acme fell.', parts })

    const line = '• 🔴 <at>Dana</at> – *x* – since May'
    expect(text.split('\n')).toEqual(['Acme – 🔴 At risk', 'Acme fell.', 'Why', line, 'Owner: Dana', '81 → 74'])
  })
})

describe('a card that is too long', () => {
  const items = Array.from({ length: 200 }, (_, n) => ({
    lead: `Account ${n}`,
    text: 'fell below its band',
    button: { label: 'Claim', action: 'claim' as const, value: `alert:${n}` },
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

it('asks for the whole width, save in the Playground, which warns of it below every message', () => {
  const card: Card = { title: 'Acme', summary: 'Acme', parts: [] }

  expect(renderCard(card)).toMatchObject({ msteams: { width: 'Full' } })
  expect(renderCard(card, { dialogs: false })).not.toHaveProperty('msteams')
})
