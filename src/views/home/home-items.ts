import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import { aboutAlert, alertNote, lineButton } from '../alerts/alert-line.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import type { FactsPart, Item } from '../card.ts'
import { arrWords, changeWords } from '../parts/account-line.ts'
import { dayText, signed } from '../parts/amounts.ts'
import { taskItem } from '../playbooks/task-card.ts'
import { statusBadge, toneOf, verdictWords } from '../scoring/status-text.ts'
import type { FiveLine, FiveReader } from './five-items.ts'

/** Somebody of a manager's team. */
export type TeamLine = {
  readonly email: string
  readonly name: string
  readonly accounts: number
  readonly atRisk: number
  readonly unclaimed: number
  readonly overdue: number
}

/** What is open about an account: the most urgent alert leads. */
export type LeadAlert = { readonly lead: AlertDetails; readonly others: number }

type Line = Omit<FiveLine, 'alerts'>

export function alertItem(model: Model, { lead: alert, others }: LeadAlert): Item {
  return {
    tone: toneOf(model, alert.verdict),
    lead: alert.account.name,
    text: `${KIND_WORDS[alert.kind]}${others === 0 ? '' : `, and ${others} more`}`,
    note: alertNote(alert),
    button: lineButton(alert),
    about: aboutAlert(alert.id),
  }
}

export function taskLine(task: Task, now: number): Item {
  return taskItem(task, now)
}

export function renewalItem(model: Model, line: Line, { now, timeZone }: FiveReader): Item {
  const { tone, text } = statusBadge(model, line.shown, line.verdict)
  return {
    tone,
    lead: line.name,
    text: [`renews ${dayText(line.renewalOn ?? '', now, timeZone)}`, text, ...arrWords(line)].join(' · '),
    button: openButton(line.id),
  }
}

export function accountItem(model: Model, line: Line): Item {
  const { tone, text } = statusBadge(model, line.shown, line.verdict)
  return {
    tone,
    lead: line.name,
    text: [text, ...changeWords(line)].join(' · '),
    note: line.reason,
    button: openButton(line.id),
  }
}

export function teamItem({ name, accounts, atRisk, unclaimed, overdue }: TeamLine): Item {
  const parts = [
    counted(accounts, 'account'),
    `${atRisk} at risk`,
    `${counted(unclaimed, 'alert')} that nobody has`,
    `${counted(overdue, 'task')} overdue`,
  ]
  return { tone: atRisk + unclaimed + overdue === 0 ? 'good' : 'warn', lead: name, text: parts.join(' · ') }
}

/** How many accounts are in each band, and how many more or fewer than a week ago. */
export function bookFacts(
  model: Model,
  book: readonly { readonly key: number; readonly verdict: string }[],
  before: ReadonlyMap<number, string>,
): FactsPart {
  const then = book.flatMap(({ key }) => before.get(key) ?? [])
  const facts = [...model.bands.map(({ id }) => id), UNKNOWN].flatMap(verdict => {
    const now = book.filter(line => line.verdict === verdict).length
    const change = now - then.filter(earlier => earlier === verdict).length
    // accounts that are new since then are no change of band
    const moved = then.length < book.length || change === 0 ? '' : ` (${signed(change)})`
    return now === 0 && change === 0 ? [] : [{ label: verdictWords(model, verdict), value: `${now}${moved}` }]
  })
  return { kind: 'facts', facts }
}

function openButton(id: string) {
  return { label: 'Open', action: 'show', value: id } as const
}
