import { counted } from '../../domain/counted.ts'
import { SECTIONS, type Section, type View, wordsFor } from '../../domain/home/section.ts'
import type { Model } from '../../domain/model/model.ts'
import { isOverdue, type Task } from '../../domain/playbooks/task.ts'
import type { Button, Card, Part } from '../card.ts'
import { type AdminOverview, adminParts } from './admin-parts.ts'
import { type FiveLine, type FiveReader, fiveParts, type ShownFive } from './five-items.ts'
import {
  accountItem,
  alertItem,
  bookFacts,
  type LeadAlert,
  renewalItem,
  type TeamLine,
  taskLine,
  teamItem,
} from './home-items.ts'

export type { LeadAlert, TeamLine } from './home-items.ts'

export type BookAccount = FiveLine & { readonly key: number }

export type HomePage = {
  readonly reader: FiveReader
  readonly five: ShownFive
  readonly alerts: readonly LeadAlert[]
  readonly tasks: readonly Task[]
  readonly pulsesDue: number
  /** Within 90 days, the next first. */
  readonly renewals: readonly BookAccount[]
  readonly book: readonly BookAccount[]
  /** The verdicts of a week ago, by the account's key. */
  readonly before: ReadonlyMap<number, string>
  /** Of the whole portfolio, for somebody without accounts. */
  readonly worst: readonly Omit<FiveLine, 'alerts'>[]
  readonly team: readonly TeamLine[]
  /** For admins. */
  readonly overview?: AdminOverview
}

/** How many lines of each list, on the page with all of them and on its own. */
const FEW = 5
const MANY = 20

/** What somebody has to do today, on one page. */
export function homeCard(model: Model, page: HomePage, view: View): Card {
  const { section } = view
  return {
    title: section === undefined ? 'Your day' : TITLES[section],
    summary: summaryOf(page),
    shows: wordsFor(view),
    parts: section === undefined ? overview(model, page) : sectionParts(model, page, section, view.page, MANY),
    buttons: buttonsOf(page, view),
    menu: section === undefined ? menuOf(page) : [],
    asOf: page.reader.now,
  }
}

const TITLES: Readonly<Record<Section, string>> = {
  five: 'Your five',
  alerts: 'Your alerts',
  tasks: 'Your tasks',
  renewals: 'Renewals in 90 days',
  book: 'Your accounts',
  team: 'Your team',
}

function summaryOf({ alerts, tasks, pulsesDue, renewals, reader, book, team }: HomePage): string {
  const overdue = tasks.filter(task => isOverdue(task, reader.now)).length
  const waiting = [
    alerts.length > 0 && `Alerts about ${counted(alerts.length, 'account')}`,
    tasks.length > 0 && `${counted(tasks.length, 'task')}${overdue > 0 ? ` (${overdue} overdue)` : ''}`,
    pulsesDue > 0 && `${counted(pulsesDue, 'pulse')} due`,
    renewals.length > 0 && `${counted(renewals.length, 'renewal')} in 90 days`,
  ].filter(words => typeof words === 'string')
  if (waiting.length > 0) return `${waiting.join(' · ')}.`
  if (book.length > 0 || team.length > 0) return 'Nothing waits for you now.'
  return 'You own no accounts. Find one by its name, or look at the portfolio.'
}

function overview(model: Model, page: HomePage): Part[] {
  const { five, book, worst, overview, reader, before } = page
  const lists = SECTIONS.filter(section => section !== 'five' && section !== 'book').flatMap(section =>
    sectionParts(model, page, section, 0, FEW),
  )
  return [
    { kind: 'text', text: summaryOf(page) },
    ...(overview === undefined || (overview.complaints.length === 0 && overview.digests.length > 0)
      ? []
      : adminParts(overview)),
    ...(five.chosen.length === 0 ? [] : [heading('Your five'), ...fiveParts(model, five, reader)]),
    ...lists,
    ...(book.length === 0
      ? []
      : [heading('Your accounts, and the change since last week'), bookFacts(model, book, before)]),
    ...(worst.length === 0
      ? []
      : [
          {
            kind: 'list' as const,
            heading: 'The portfolio, worst first',
            items: worst.map(line => accountItem(model, line)),
          },
        ]),
    ...(overview !== undefined && overview.complaints.length === 0 && overview.digests.length > 0
      ? adminParts(overview)
      : []),
  ]
}

function heading(text: string): Part {
  return { kind: 'list', heading: text, items: [] }
}

function sectionParts(model: Model, page: HomePage, section: Section, at: number, size: number): Part[] {
  if (section === 'five') return fiveParts(model, page.five, page.reader)
  const items = itemsOf(model, page, section)
  if (items.length === 0) return size === MANY ? [{ kind: 'text', text: 'Nothing here now.' }] : []
  const shown = items.slice(at * size, (at + 1) * size)
  const more = items.length > shown.length ? ` (${items.length})` : ''
  return [{ kind: 'list', ...(size === FEW && { heading: `${TITLES[section]}${more}` }), items: shown }]
}

function itemsOf(model: Model, page: HomePage, section: Exclude<Section, 'five'>) {
  const { reader } = page
  switch (section) {
    case 'alerts':
      return page.alerts.map(alert => alertItem(model, alert))
    case 'tasks':
      return page.tasks.map(task => taskLine(task, reader.now))
    case 'renewals':
      return page.renewals.map(line => renewalItem(model, line, reader))
    case 'book':
      return page.book.map(line => accountItem(model, line))
    case 'team':
      return page.team.map(teamItem)
  }
}

function buttonsOf(page: HomePage, { section, page: at }: View): Button[] {
  const length = section === undefined ? 0 : pageLength(page, section)
  const find: Button = { label: 'Find an account', action: 'account-pick', value: 'show', opensForm: true }
  if (section !== undefined) {
    return [
      turnTo('Your day', { page: 0 }),
      ...(at > 0 ? [turnTo('Back', { section, page: at - 1 })] : []),
      ...((at + 1) * MANY < length ? [turnTo('Next', { section, page: at + 1 })] : []),
      find,
    ]
  }
  return [
    ...(page.pulsesDue === 0
      ? []
      : [
          {
            label: `Rate ${counted(page.pulsesDue, 'account')}`,
            action: 'turn',
            value: 'pulses',
            style: 'primary',
          } as const,
        ]),
    find,
  ]
}

/** Each list on its own, and the person's preferences. */
function menuOf(page: HomePage): Button[] {
  const lists = SECTIONS.filter(name => name !== 'five' && pageLength(page, name) > 0)
  return [
    ...lists.map(name => turnTo(TITLES[name], { section: name, page: 0 })),
    { label: 'My choices', action: 'turn', value: 'preferences' },
  ]
}

function pageLength(page: HomePage, section: Section): number {
  return section === 'five' ? 0 : page[section].length
}

function turnTo(label: string, view: View): Button {
  return { label, action: 'turn', value: wordsFor(view) }
}
