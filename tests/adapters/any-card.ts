import fc from 'fast-check'
import type { Action, Button, Card, Cell, Item, Part } from '../../src/views/card.ts'

/** Text as it may come from outside: any characters, much markup, much too long. */
export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  { weight: 3, arbitrary: hostile() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 2_900, maxLength: 7_000 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\n',
      '\u200b',
      '\ud800',
      '&'.repeat(5_000),
      '😀'.repeat(4_000),
      'a b '.repeat(2_000),
      'line\n'.repeat(2_000),
      '\u6f22'.repeat(3_000),
    ),
  },
)

function hostile() {
  const piece = fc.constantFrom(
    '<!channel>',
    '<@U0DANA>',
    '@here',
    '*bold*',
    '_slanted_',
    '~gone~',
    '`code`',
    '```',
    '>',
    '\n> ',
    ':x:',
    '&lt;',
    '&amp;',
    '<http://evil.example|safe>',
    '#general',
    '\u202e',
    '\u0000',
    '\r\n',
    'snake_case',
    'a',
    ' ',
    '|',
    '</x>',
    '[safe](https://evil.example)',
    '![x](https://evil.example/x.png)',
    '**strong**',
    '\n- one\n- two\n',
    '1. ',
    '# ',
    '<at>Dana</at>',
    '$\u007bdana}',
    '$${',
    '{{DATE(2026-11-01T08:00:00Z,SHORT)}}',
    '{{TIME(2026-11-01T08:00:00Z)}}',
    '{{{',
    'https://evil.example/?a=b&c',
    '"quoted" \\',
  )
  return fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''))
}

const anyTone = fc.constantFrom('good' as const, 'warn' as const, 'bad' as const, 'neutral' as const)

const anyButton: fc.Arbitrary<Button> = fc.record(
  {
    label: anyText,
    /** Renderers draw whatever there is. */
    action: fc.stringMatching(/^[a-z-]{1,20}$/) as fc.Arbitrary<Action>,
    value: fc.string({ maxLength: 30 }),
    style: fc.constantFrom('primary' as const, 'danger' as const),
    opensForm: fc.boolean(),
  },
  { requiredKeys: ['label', 'action', 'value'] },
)

const anyLink = fc.record({
  label: anyText,
  url: fc.oneof(anyText, fc.webUrl({ validSchemes: ['https', 'http'], withQueryParameters: true })),
})

const anyItem: fc.Arbitrary<Item> = fc.record(
  {
    tone: anyTone,
    lead: anyText,
    text: anyText,
    note: anyText,
    button: anyButton,
    choices: fc.array(anyButton, { maxLength: 7 }),
    link: anyLink,
  },
  { requiredKeys: ['text'] },
)

const anyCell: fc.Arbitrary<Cell> = fc.record(
  { text: anyText, value: fc.double(), tone: anyTone },
  { requiredKeys: ['text'] },
)

/** Rows need not be as long as the head. */
const anyTable = fc.record({
  kind: fc.constant('table' as const),
  caption: anyText,
  columns: fc.array(fc.record({ label: anyText, isNumeric: fc.boolean() }), { maxLength: 23 }),
  rows: fc.array(fc.array(anyCell, { maxLength: 6 }), { maxLength: 12 }),
})

const anyLine = fc.record({ label: anyText, value: fc.double(), tone: anyTone })

const anyPart: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: anyText, quiet: fc.boolean() }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 24 }),
  }),
  fc.record(
    { kind: fc.constant('list' as const), heading: anyText, items: fc.array(anyItem, { maxLength: 30 }) },
    { requiredKeys: ['kind', 'items'] },
  ),
  fc.record(
    {
      kind: fc.constant('chart' as const),
      title: anyText,
      points: fc.array(fc.record({ label: anyText, value: fc.double() }), { maxLength: 130 }),
      lines: fc.array(anyLine, { maxLength: 8 }),
      text: anyText,
    },
    { requiredKeys: ['kind', 'title', 'points', 'text'] },
  ),
  anyTable,
)

export const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    title: anyText,
    badge: fc.record({ text: anyText, tone: anyTone }),
    summary: anyText,
    parts: fc.array(anyPart, { maxLength: 8 }),
    buttons: fc.array(anyButton, { maxLength: 30 }),
    menu: fc.array(anyButton, { maxLength: 12 }),
    shows: anyText,
  },
  { requiredKeys: ['title', 'summary', 'parts'] },
)

/** A card of many numbered items, for what must survive a split. */
export const longCard: fc.Arbitrary<Card> = fc
  .array(
    fc.record({
      filler: fc.string({ unit: 'grapheme', maxLength: 300 }),
      hasButton: fc.boolean(),
      isText: fc.integer({ max: 9, min: 0 }),
      isRow: fc.boolean(),
    }),
    { minLength: 1, maxLength: 250 },
  )
  .map(specs => ({
    title: 'Portfolio',
    summary: 'The portfolio',
    buttons: [{ label: 'Refresh', action: 'show' as const, value: '' }],
    parts: partsOf(specs),
  }))

const COLUMNS = [{ label: 'Name' }, { label: 'Points', isNumeric: true }]

function partsOf(
  specs: readonly { filler: string; hasButton: boolean; isText: number; isRow: boolean }[],
): readonly Part[] {
  const parts: Part[] = []
  for (const [n, { filler, hasButton, isText, isRow }] of specs.entries()) {
    const text = `item#${n}; ${filler}`
    const button = hasButton ? { button: { label: 'Look', action: 'show' as const, value: String(n) } } : {}
    const last = parts.at(-1)
    const row = [{ text }, { text: String(n % 7), value: n % 7 }]
    if (isText === 0) parts.push({ kind: 'text', text })
    else if (isRow && last?.kind === 'table') parts[parts.length - 1] = { ...last, rows: [...last.rows, row] }
    else if (isRow) parts.push({ kind: 'table', caption: 'Rows', columns: COLUMNS, rows: [row] })
    else if (last?.kind === 'list') parts[parts.length - 1] = { ...last, items: [...last.items, { text, ...button }] }
    else parts.push({ kind: 'list', heading: 'Accounts', items: [{ text, ...button }] })
  }
  return parts
}
