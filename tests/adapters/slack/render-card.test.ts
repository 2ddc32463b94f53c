import { describe, expect, it } from 'vitest'
import { renderCard } from '../../../adapters/slack/render/render-card.ts'
import { splitCard } from '../../../adapters/slack/render/split-card.ts'
import { literal, paragraphs } from '../../../adapters/slack/render/text.ts'
import type { Card, Item } from '../../../src/views/card.ts'
import { textShown } from '../../support/fake-slack/reading.ts'

const claim = { label: 'Claim', action: 'claim', value: 'alert:1', style: 'primary' } as const

describe('a card in Slack', () => {
  it('reads from the title down to the buttons', () => {
    const { text, blocks } = renderCard({
      title: 'Acme',
      badge: { text: 'At risk · 38', tone: 'bad' },
      summary: 'Acme is at risk',
      parts: [
        { kind: 'text', text: 'Fell 14 in 30 days.' },
        { kind: 'facts', facts: [{ label: 'Owner', value: 'Dana' }] },
        {
          kind: 'list',
          heading: 'Why',
          items: [{ tone: 'bad', lead: 'Logins', text: 'down 60%', note: 'since May', button: claim }],
        },
        { kind: 'text', text: 'Model saas', quiet: true },
      ],
      buttons: [{ label: 'Share', action: 'share', value: '' }],
    })

    expect(text).toBe('Acme is at risk')
    const plain = (words: string) => ({ type: 'plain_text', text: words, emoji: false })
    const mrkdwn = (words: string) => ({ type: 'mrkdwn', text: words, verbatim: true })
    const button = { type: 'button', text: plain('Claim'), action_id: 'claim:1', value: 'alert:1', style: 'primary' }
    expect(blocks).toEqual([
      { type: 'header', text: plain('Acme') },
      { type: 'section', text: mrkdwn('🔴 *At risk · 38*') },
      { type: 'section', text: plain('Fell 14 in 30 days.') },
      { type: 'section', fields: [mrkdwn('*Owner*\nDana')] },
      { type: 'section', text: mrkdwn('*Why*') },
      { type: 'section', text: mrkdwn('🔴 *Logins* down 60%\n_since May_'), accessory: button },
      { type: 'context', elements: [plain('Model saas')] },
      { type: 'actions', elements: [{ type: 'button', text: plain('Share'), action_id: 'share:2' }] },
    ])
  })

  it('lets items without a button share a block, and gives each with a button its own', () => {
    const items: Item[] = [{ text: 'one' }, { text: 'two' }, { text: 'three', button: claim }, { text: 'four' }]

    const { blocks } = renderCard({ title: 'T', summary: 's', parts: [{ kind: 'list', items }] })

    expect(blocks.slice(1).map(block => textShown([block]))).toEqual(['one\ntwo', 'three\nClaim', 'four'])
  })

  it('leaves out a button whose value Slack would not carry, for a cut value means something else', () => {
    const buttons = [{ label: 'Long', action: 'show' as const, value: 'x'.repeat(2_001) }]

    expect(JSON.stringify(renderCard({ title: 'T', summary: 's', parts: [], buttons }))).not.toContain('Long')
  })
})

describe('text from outside', () => {
  it.each([
    ['<!channel> *x*', '&lt;!channel&gt; ∗x∗'],
    ['_slanted_ but active_users', 'ˍslantedˍ but active_users'],
    ['~gone~ `code`', '∼gone∼ ˋcodeˋ'],
    ['> quoted', '› quoted'],
    ['a > b & c', 'a &gt; b &amp; c'],
    ['all :tada: at 9:30', 'all :\u2060tada: at 9:30'],
    ['two\nlines\tand  blanks', 'two lines and blanks'],
    ['right\u202eleft\u0000', 'rightleft'],
    ['half \ud83d a character', 'half \ufffd a character'],
    ['e\u0301', '\u00e9'],
    [' \u200b ', '–'],
  ])('%j shows as %j inside our markup', (outside, inside) => {
    expect(literal(outside, 100)).toBe(inside)
  })

  it('is escaped in plain text too, since Slack undoes the escapes there as well', () => {
    const { blocks } = renderCard({ title: 'A&B <!here>', summary: 's', parts: [{ kind: 'text', text: '&lt;' }] })

    expect(blocks).toMatchObject([{ text: { text: 'A&amp;B &lt;!here&gt;' } }, { text: { text: '&amp;lt;' } }])
  })

  it('is cut between characters, with an ellipsis, and never inside an escape', () => {
    expect(literal('😀😀😀', 4)).toBe('😀…')
    expect(literal('ab&cd', 5)).toBe('ab…')
  })

  it('goes on in a next paragraph where one is too long, without losing a word', () => {
    const words = Array.from({ length: 900 }, (_, n) => `word${n}&`)

    const pieces = paragraphs(words.join(' '), 3_000)

    expect(pieces.length).toBeGreaterThan(2)
    expect(pieces.join(' ').split(' ')).toEqual(words)
  })
})

describe('a card that is too long', () => {
  const items = Array.from({ length: 90 }, (_, n) => ({
    lead: `Account ${n}`,
    text: 'fell below its band',
    button: claim,
  }))
  const long: Card = {
    title: 'Digest',
    summary: 'What changed',
    parts: [{ kind: 'list', heading: 'At risk', items }],
    buttons: [{ label: 'Open', action: 'show', value: '' }],
  }

  it('goes on in further pieces, which say what they go on with', () => {
    const pieces = splitCard(long)

    expect(pieces.map(({ title }) => title)).toEqual(['Digest', 'Digest … continued (2)', 'Digest … continued (3)'])
    expect(pieces.map(({ summary }) => summary)).toEqual(['What changed', 'What changed (2)', 'What changed (3)'])
    expect(pieces.map(({ parts }) => parts.map(part => part.kind === 'list' && part.heading))).toEqual([
      ['At risk'],
      ['At risk'],
      ['At risk'],
    ])
    expect(pieces.map(({ buttons }) => buttons?.length)).toEqual([1, undefined, undefined])
  })

  it('has room in every full piece for a word more, and for who claimed what', () => {
    for (const piece of splitCard(long)) {
      const parts = piece.parts.map(part => ({
        ...part,
        ...(part.kind === 'list' && { items: part.items.map(item => ({ ...item, note: 'Claimed by Dana Example' })) }),
      }))
      const shown = JSON.stringify(renderCard({ ...piece, parts: [...parts, { kind: 'text', text: 'Twice?' }] }))

      expect(shown).toContain('Twice?')
      expect(shown).not.toContain('There is more than fits here.')
      for (const { lead } of piece.parts.flatMap(part => (part.kind === 'list' ? part.items : [])))
        expect(shown).toContain(lead)
    }
  })

  it('says in one message that there is more', () => {
    expect(JSON.stringify(renderCard(long).blocks.at(-1))).toContain('There is more than fits here.')
  })

  it('is left alone when it fits', () => {
    const short = { ...long, parts: [] }

    expect(splitCard(short)).toEqual([short])
  })
})
