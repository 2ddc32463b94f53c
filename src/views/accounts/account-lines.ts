import { nextStepOrNone } from '../../domain/accounts/next-step.ts'
import { capitalized } from '../../domain/capitalized.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Direction, Health } from '../../domain/scoring/health.ts'
import { DAY } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import type { Item } from '../card.ts'
import { dayText, signed } from '../parts/amounts.ts'
import { verdictWords } from '../scoring/status-text.ts'
import type { AccountSummary } from './account-summary.ts'

/** The answer in three lines: what it is now, why, what to do next. */
export function accountLines(model: Model, summary: AccountSummary, why: string): Item[] {
  const next = summary.retirement === undefined ? nextText(model, summary) : undefined
  return [
    { lead: 'Now', text: nowText(model, summary) },
    { lead: 'Why', text: why },
    ...(next === undefined ? [] : [{ lead: 'Next', text: next }]),
  ]
}

const ARROWS: Readonly<Record<Direction, string>> = { falling: '▼', steady: '▬', rising: '▲' }

function nowText(model: Model, summary: AccountSummary): string {
  const { health, expansionReady } = summary
  return [changeText(health), sinceText(model, summary), ...(expansionReady ? ['Ready for expansion.'] : [])]
    .filter(sentence => sentence !== '')
    .join(' ')
}

/** "▼ Falling: -12 in 30 days (-3 in 7, -20 in 90)." */
function changeText({ now, trend, direction }: Health): string {
  const changes = trend.flatMap(({ over, shown }) => (shown === undefined ? [] : [{ days: over / DAY, shown }]))
  const month = changes.find(({ days }) => days === 30)
  const others = changes
    .filter(change => change !== month)
    .map(({ days, shown }) => `${signed(shown)} in ${days}${month === undefined ? ' days' : ''}`)
  const words = direction === undefined ? '' : `${ARROWS[direction]} ${capitalized(direction)}: `
  if (month !== undefined) {
    return `${words}${signed(month.shown)} in 30 days${others.length > 0 ? ` (${others.join(', ')})` : ''}.`
  }
  if (now.score === undefined) return ''
  const when = now.isCovered ? 'then' : 'now'
  const rest = others.length > 0 ? ` ${capitalized(others.join(', '))}.` : ''
  return `Compared with 30 days ago: not enough data ${when}.${rest}`
}

/** Since when the verdict holds; nothing if it never changed, or changed before the stored history. */
function sinceText(model: Model, { verdict, transitions = [], timeZone = 'UTC' }: AccountSummary): string {
  const [last] = transitions
  return last?.to !== verdict ? '' : `${verdictWords(model, verdict)} since ${dayIn(timeZone, last.at)}.`
}

function nextText(model: Model, summary: AccountSummary): string | undefined {
  const { health, alerts, tasks = [], timeZone = 'UTC' } = summary
  const step = nextStepOrNone(model, { ...summary, tasks })
  switch (step?.kind) {
    case 'claim':
      return `Claim the alert "${KIND_WORDS[step.alert.kind]}", open since ${dayIn(timeZone, step.alert.openedAt)}.`
    case 'task': {
      const { title, dueAt, assignee } = step.task
      const who = assignee === undefined ? 'nobody has it yet' : (assignee.name ?? assignee.email)
      const more = tasks.length > 1 ? ` And ${tasks.length - 1} more.` : ''
      return `${title}. Due ${dayText(dayIn(timeZone, dueAt), health.now.at, timeZone)}: ${who}.${more}`
    }
    case 'play':
      return `${step.title} (${step.playbook.label}).`
    case 'ask':
      return `Ask: ${step.question}`
    case undefined:
      return alerts.length === 0 ? undefined : 'Its alerts are in hand.'
  }
}
