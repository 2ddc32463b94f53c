import { describe, expect, it } from 'vitest'
import { renderCard, renderCardAsHome, renderCardAsModal } from '../../../adapters/slack/render/render-card.ts'
import { splitCard } from '../../../adapters/slack/render/split-card.ts'
import type { Card, ChartPart, TablePart } from '../../../src/views/card.ts'
import { textShown } from '../../support/fake-slack/reading.ts'
import { checkBlocks, checkHome, checkView } from '../../support/fake-slack/validate-blocks.ts'

const table: TablePart = {
  kind: 'table',
  caption: 'What moved in 30 days',
  columns: [{ label: 'Component' }, { label: 'Points', isNumeric: true }, { label: 'Now' }],
  rows: [
    [{ text: 'Use <!channel>' }, { text: '-12', value: -12 }, { text: 'Low', tone: 'bad' }],
    [{ text: 'Support' }, { text: 'unknown' }],
  ],
}

const chart: ChartPart = {
  kind: 'chart',
  title: 'Score, week by week',
  points: [
    { label: '2026-10-05', value: 61 },
    { label: '2026-10-12', value: 38 },
  ],
  lines: [{ label: 'At risk below 40', value: 40, tone: 'bad' }],
  text: 'Week by week: 61 → 38.',
}

const of = (...parts: Card['parts']): Card => ({ title: 'Acme', summary: 'Acme', parts })

describe('a table in Slack', () => {
  it('is one that can be sorted, by numbers where they are numbers, with signs beside the words', () => {
    const { blocks } = renderCard(of(table))

    const text = (words: string) => ({ type: 'raw_text', text: words })
    expect(checkBlocks(blocks, 'message')).toEqual([])
    expect(blocks[1]).toEqual({
      type: 'data_table',
      caption: 'What moved in 30 days',
      page_size: 2,
      rows: [
        [text('Component'), text('Points'), text('Now')],
        [text('Use <\u2060!channel>'), { type: 'raw_number', value: -12, text: '-12' }, text('🔴 Low')],
        [text('Support'), text('unknown'), text('–')],
      ],
    })
  })

  it('is a line for each row where Slack takes no table', () => {
    const home = renderCardAsHome(of(table))
    const modal = renderCardAsModal(of(table))

    expect([...checkHome(home), ...checkView(modal)]).toEqual([])
    for (const { blocks } of [home, modal]) {
      expect(textShown(blocks)).toContain(
        '*What moved in 30 days*\n*Use <!channel>* Points -12 · Now 🔴 Low\n*Support*',
      )
    }
  })

  it('goes on in the thread beyond a hundred rows, under its head', () => {
    const rows = Array.from({ length: 250 }, (_, n) => [{ text: `Account ${n}` }, { text: `${n}`, value: n }])

    const tables = splitCard(of({ ...table, rows })).flatMap(piece =>
      renderCard(piece).blocks.flatMap(block => (block.type === 'data_table' ? [block] : [])),
    )

    expect(tables.map(({ rows }) => rows.length)).toEqual([101, 101, 51])
    expect(new Set(tables.map(({ rows: [head] }) => JSON.stringify(head))).size).toBe(1)
  })

  it('without rows is its caption, without columns nothing', () => {
    const { blocks } = renderCard(of({ ...table, rows: [] }, { ...table, columns: [] }))

    expect(textShown(blocks)).toBe('Acme\n*What moved in 30 days*')
  })
})

describe('a chart in Slack', () => {
  it('is a line with the bands as level ones, and its words below', () => {
    const { blocks } = renderCard(of(chart))

    const level = [
      { label: '2026-10-05', value: 40 },
      { label: '2026-10-12', value: 40 },
    ]
    expect(checkBlocks(blocks, 'message')).toEqual([])
    expect(blocks[1]).toEqual({
      type: 'data_visualization',
      title: 'Score, week by week',
      chart: {
        type: 'line',
        series: [
          { name: 'Score, week by week', data: chart.points },
          { name: 'At risk below 40', data: level },
        ],
        axis_config: { categories: ['2026-10-05', '2026-10-12'] },
      },
    })
    expect(textShown(blocks)).toContain('Week by week: 61 → 38.')
  })

  it('keeps the first and the last of many points', () => {
    const points = Array.from({ length: 130 }, (_, n) => ({ label: `day ${n}`, value: n }))

    const shown = JSON.stringify(renderCard(of({ ...chart, points })).blocks)

    expect(shown).toContain('"day 0"')
    expect(shown).toContain('"day 129"')
    expect(checkBlocks(JSON.parse(shown), 'message')).toEqual([])
  })

  it('is its words alone with one point, as the third of a message, and where Slack takes none', () => {
    const single = { ...chart, points: chart.points.slice(0, 1) }
    const charts = [of(single), of(chart, chart, chart)].map(card => renderCard(card).blocks)
    const drawn = charts.map(blocks => blocks.filter(({ type }) => String(type) === 'data_visualization').length)

    expect(drawn).toEqual([0, 2])
    for (const blocks of [...charts, renderCardAsHome(of(chart)).blocks]) {
      expect(textShown(blocks)).toContain('Week by week: 61 → 38.')
    }
    expect(checkHome(renderCardAsHome(of(chart)))).toEqual([])
  })
})
