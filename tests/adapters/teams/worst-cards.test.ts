import { describe, expect, it } from 'vitest'
import { sizeOf } from '../../../adapters/teams/limits.ts'
import { renderCard } from '../../../adapters/teams/render-card.ts'
import { renderPlain } from '../../../adapters/teams/render-plain.ts'
import { splitCard } from '../../../adapters/teams/split-card.ts'
import type { DigestAccount } from '../../../src/domain/digests/digest-account.ts'
import type { Task } from '../../../src/domain/playbooks/task.ts'
import { DAY } from '../../../src/domain/time/instant.ts'
import type { TimelineEntry } from '../../../src/domain/timeline/timeline.ts'
import type { Card } from '../../../src/views/card.ts'
import { digestCard } from '../../../src/views/digests/digest-card.ts'
import { portfolioDigestCard } from '../../../src/views/digests/portfolio-digest-card.ts'
import { tasksCard } from '../../../src/views/playbooks/task-card.ts'
import { timelineCard } from '../../../src/views/timeline/timeline-card.ts'
import { complaintsAbout, elementsIn, type Json, textsIn } from '../../support/adaptive-card.ts'
import { presetModel } from '../../support/story-days.ts'
import { at } from '../../support/world.ts'

const MODEL = presetModel('saas')
const NOW = at('2026-11-01T08:00')
const HEAD = { name: 'morning', at: NOW, date: '2026-11-01', showArr: true, isLate: true }

/** A name that is long, wide and up to no good; every account's own. */
const nameOf = (n: number) => `${n}. *漢字* <at>Dana</at> [x](https://evil.example) {{DATE(2026-11-01T08:00:00Z)}} 𝔸𝕔𝕞𝕖`

function account(n: number): DigestAccount {
  const reason = `${nameOf(n)} fell: ${'words and 言葉 '.repeat(12)}`
  return {
    id: `account-${n}`,
    name: nameOf(n),
    verdict: 'at_risk',
    role: 'at_risk',
    shown: 38,
    change: -14.2,
    reason,
    expansionReady: false,
    owner: `owner-${n}@a-long-company-name.example`,
    arr: 240_000,
    renewalOn: '2026-12-18',
    isPulseDue: true,
    alerts: [],
    overdue: [],
  }
}

const accounts = (count: number) => Array.from({ length: count }, (_, n) => account(n))
const alertOf = (n: number) => ({
  id: `alert-${n}`,
  kind: 'at_risk',
  reason: nameOf(n),
  openedAt: NOW,
  isSnoozed: false,
})

/** Every piece is within the budget and one that Teams takes; the rows with the buttons on them, in order. */
function rowsOf(card: Card): readonly Json[] {
  const pieces = splitCard(card).map(piece => renderCard(piece))
  for (const piece of pieces) {
    expect(sizeOf(piece)).toBeLessThanOrEqual(24_000)
    expect(complaintsAbout(piece)).toEqual([])
  }
  expect(textsIn(pieces.at(-1)).join()).not.toContain('There is more than fits here')
  return pieces.flatMap(piece =>
    elementsIn(piece).filter(({ type, columns }) => type === 'ColumnSet' && (columns as Json[]).length === 3),
  )
}

function valueIn(row: Json): unknown {
  return elementsIn(row).flatMap(({ data }) => (data === undefined ? [] : [(data as { value: unknown }).value]))[0]
}

describe('the worst portfolio', () => {
  it('a digest of two hundred accounts goes out in pieces, each line with its own button', () => {
    const items = accounts(200).map((account, n) => ({ account, alert: alertOf(n) }))

    const rows = rowsOf(
      digestCard(MODEL, HEAD, {
        sections: [{ kind: 'newly_at_risk', items }],
        unchanged: 800,
        otherwise: 0,
        total: 1_000,
      }),
    )

    expect(rows).toHaveLength(200)
    for (const [n, row] of rows.entries()) {
      expect(textsIn(row).join(' ')).toContain(`${n}. *漢字* <at>Dana</at>`)
      expect(valueIn(row)).toBe(`alert-${n}`)
    }
  })

  it('a portfolio of a thousand accounts without an owner names them all', () => {
    const programme = { opened: 9, claimed: 8, resolved: 7, tasksDone: 6, pulses: 5 }
    const review = { trend: { now: 61, weekAgo: 62, monthAgo: 63 }, bands: [], programme, unowned: accounts(1_000) }

    const news = { sections: [], unchanged: 1_000, otherwise: 0, total: 1_000 }
    const rows = rowsOf(portfolioDigestCard(MODEL, HEAD, { ...review, renewals: accounts(300) }, news))

    expect(rows.map(valueIn)).toEqual([...accounts(300), ...accounts(1_000)].map(({ id }) => id))
  })

  it('three hundred tasks keep their buttons, and what can be done with them all stands on the first piece', () => {
    const tasks = Array.from({ length: 300 }, (_, n): Task => {
      const of = { key: n, id: `a${n}`, name: nameOf(n) }
      const assignee = { email: `p${n}@example.com`, name: nameOf(n) }
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
      return { id, account: of, title: nameOf(n), role: 'csm', assignee, state: 'open', dueAt: NOW - n * DAY, rung: 0 }
    })
    const card = tasksCard('Your tasks', tasks, NOW, 'None', 'a0')

    const rows = rowsOf(card)

    expect(rows.map(valueIn)).toEqual(tasks.map(({ id }) => id))
    const first = textsIn(renderCard(splitCard(card)[0] ?? card))
    for (const label of ['Done', 'Skip', 'Reassign', 'Add task', 'Done (in this card)']) expect(first).toContain(label)
  })

  it('a timeline of long comments loses none', () => {
    const entries = Array.from({ length: 150 }, (_, n): TimelineEntry => {
      const link = `https://example.com/${'x'.repeat(400)}?n=${n}`
      return { at: NOW - n * DAY, kind: 'comment', text: `#${n}; ${'言葉 '.repeat(400)}`, sentiment: -0.5, link }
    })
    const card = timelineCard(MODEL, account(1), entries, { isPrivate: true, nameOf: email => email })

    const pieces = splitCard(card).map(piece => renderCard(piece))

    for (const piece of pieces) expect([sizeOf(piece) <= 24_000, complaintsAbout(piece)]).toEqual([true, []])
    const numbers = [
      ...pieces
        .flatMap(textsIn)
        .join('\n')
        .matchAll(/#(\d+);/g),
    ].map(([, n]) => Number(n))
    expect(numbers).toEqual(entries.map((_, n) => n))
  })

  it('is still one message as text alone', () => {
    const items = accounts(200).map(account => ({ account }))
    const news = { sections: [{ kind: 'newly_at_risk' as const, items }], unchanged: 0, otherwise: 0, total: 200 }

    const text = renderPlain(digestCard(MODEL, HEAD, news))

    expect(text.length).toBeLessThanOrEqual(8_000)
    expect(text).toMatch(/^Morning rounds, 2026-11-01 \(late\)\n/)
    expect(text).toMatch(/…$/)
  })
})
