import type { DigestAccount } from '../../src/domain/digests/digest-account.ts'
import type { Task } from '../../src/domain/playbooks/task.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import type { TimelineEntry } from '../../src/domain/timeline/timeline.ts'
import type { Card } from '../../src/views/card.ts'
import { digestCard } from '../../src/views/digests/digest-card.ts'
import { portfolioDigestCard } from '../../src/views/digests/portfolio-digest-card.ts'
import { tasksCard } from '../../src/views/playbooks/task-card.ts'
import { timelineCard } from '../../src/views/timeline/timeline-card.ts'
import { presetModel } from './story-days.ts'
import { at } from './world.ts'

const MODEL = presetModel('saas')
const NOW = at('2026-11-01T08:00')
const HEAD = { name: 'morning', at: NOW, date: '2026-11-01', showArr: true, isLate: true }

/** A name that is long, wide and up to no good; every account's own. */
export const worstName = (n: number) =>
  `${n}. *漢字* <at>Dana</at> [x](https://evil.example) {{DATE(2026-11-01T08:00:00Z)}} 𝔸𝕔𝕞𝕖`

function worstAccount(n: number): DigestAccount {
  const reason = `${worstName(n)} fell: ${'words and 言葉 '.repeat(12)}`
  return {
    id: `account-${n}`,
    name: worstName(n),
    verdict: 'at_risk',
    role: 'at_risk',
    shown: 38,
    change: -14,
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

export const worstAccounts = (count: number) => Array.from({ length: count }, (_, n) => worstAccount(n))

/** A digest of so many accounts that are newly at risk, of a thousand; each line with an alert. */
export function worstDigest(count: number): Card {
  const items = worstAccounts(count).map((account, n) => ({
    account,
    alert: { id: `alert-${n}`, kind: 'at_risk', reason: worstName(n), openedAt: NOW, isSnoozed: false },
  }))
  const sections = [{ kind: 'newly_at_risk' as const, items }]
  return digestCard(MODEL, HEAD, { sections, unchanged: 1_000 - count, otherwise: 0, total: 1_000 })
}

/** A review of a thousand accounts that nobody owns, of which many renew soon. */
export function worstReview({ renewals, unowned }: { readonly renewals: number; readonly unowned: number }): Card {
  const programme = { opened: 9, claimed: 8, resolved: 7, tasksDone: 6, pulses: 5 }
  const trend = { now: 61, weekAgo: 62, monthAgo: 63 }
  const review = { trend, bands: [], programme, unowned: worstAccounts(unowned), renewals: worstAccounts(renewals) }
  return portfolioDigestCard(MODEL, HEAD, review, { sections: [], unchanged: unowned, otherwise: 0, total: unowned })
}

export function worstTasks(count: number): readonly Task[] {
  return Array.from({ length: count }, (_, n): Task => {
    const account = { key: n, id: `a${n}`, name: worstName(n) }
    const assignee = { email: `p${n}@example.com`, name: worstName(n) }
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    return {
      id,
      account,
      title: worstName(n),
      role: 'csm',
      assignee,
      state: 'open',
      createdAt: NOW - n * DAY,
      dueAt: NOW - n * DAY,
      stepsTaken: 0,
    }
  })
}

export const worstTasksCard = (tasks: readonly Task[]) => tasksCard('Your tasks', tasks, NOW, 'None', 'a0')

/** A timeline of long comments, each with its number. */
export function worstTimeline(count: number): Card {
  const entries = Array.from({ length: count }, (_, n): TimelineEntry => {
    const link = `https://example.com/${'x'.repeat(400)}?n=${n}`
    return { at: NOW - n * DAY, kind: 'comment', text: `#${n}; ${'言葉 '.repeat(400)}`, sentiment: -0.5, link }
  })
  return timelineCard(MODEL, worstAccount(1), entries, { isPrivate: true, nameOf: email => email })
}
