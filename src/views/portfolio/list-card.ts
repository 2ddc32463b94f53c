import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Button, Card, Cell, Column, Part } from '../card.ts'
import type { AccountLine } from '../parts/account-line.ts'
import { arrText, dayText, signed } from '../parts/amounts.ts'
import { type ScoreStyle, statusBadge } from '../scoring/status-text.ts'

export type ListLine = AccountLine & { readonly owner?: string; readonly renewalOn?: string }

/** One page of a list of accounts. */
export type ListPage = {
  readonly title: string
  readonly lines: readonly ListLine[]
  /** How many there are in all; with `isMore` there are more than that. */
  readonly total: number
  readonly isMore?: boolean
  /** How many lines come before these. */
  readonly skipped: number
  /** What to say where there are none. */
  readonly empty: string
  /** A sentence about all of them. */
  readonly atStake?: string | undefined
  /** The words that ask for this page, and for those beside it. */
  readonly words: string
  readonly back?: string
  readonly next?: string
  /** Whether buttons lead to the other pages; in a channel, words do. */
  readonly isPrivate: boolean
  /** Whether it can be had as a file. */
  readonly canExport: boolean
}

/** A list of accounts, worst first, with ways to narrow it and to open one of them. */
export function listCard(
  model: Model,
  page: ListPage,
  now: Instant,
  { styleOf, timeZone }: { styleOf?: (shown: number) => ScoreStyle; timeZone?: string } = {},
): Card {
  const { title, lines, total, isMore, empty, atStake, words, isPrivate } = page
  const many = `${isMore ? 'More than ' : ''}${counted(total, 'account')}`
  const columns = COLUMNS.filter(({ isIn }) => isIn(lines))
  const rows = lines.map(line => columns.map(({ cell }) => cell(line, { model, now, timeZone, styleOf })))
  return {
    title,
    summary: total === 0 ? empty : `${title}: ${many}`,
    parts: [
      ...(total === 0 ? [{ kind: 'text' as const, text: empty }] : []),
      ...(atStake === undefined ? [] : [{ kind: 'text' as const, text: atStake }]),
      ...(rows.length === 0
        ? []
        : [{ kind: 'table' as const, caption: rangeText(page, many), columns: columns.map(({ head }) => head), rows }]),
      ...openPart(lines),
      ...morePart(page),
    ],
    buttons: isPrivate
      ? [
          ...turns(page),
          { label: 'Filter', action: 'list-filter', value: words, opensForm: true },
          { label: 'Open account', action: 'account-pick', value: 'show', opensForm: true },
          ...(page.canExport && total > 0
            ? [{ label: 'Export CSV', action: 'list-export' as const, value: words }]
            : []),
        ]
      : [],
    ...(isPrivate && { shows: words }),
  }
}

type Drawn = {
  readonly model: Model
  readonly now: Instant
  readonly timeZone: string | undefined
  readonly styleOf: ((shown: number) => ScoreStyle) | undefined
}

type ListColumn = {
  readonly head: Column
  readonly isIn: (lines: readonly ListLine[]) => boolean
  readonly cell: (line: ListLine, drawn: Drawn) => Cell
}

const always = () => true

const COLUMNS: readonly ListColumn[] = [
  { head: { label: 'Account' }, isIn: always, cell: ({ name }) => ({ text: name }) },
  {
    head: { label: 'Score', isNumeric: true },
    isIn: always,
    cell: ({ shown, verdict }, { model, styleOf }) => {
      const { text, tone } = statusBadge(model, shown, verdict, shown === undefined ? undefined : styleOf?.(shown))
      return { text, tone, ...(shown !== undefined && { value: shown }) }
    },
  },
  {
    head: { label: '30 days', isNumeric: true },
    isIn: lines => lines.some(({ change }) => change !== undefined),
    cell: ({ change }) => (change === undefined ? NONE : { text: signed(change), value: change }),
  },
  { head: { label: 'Why' }, isIn: always, cell: ({ reason }) => ({ text: reason }) },
  {
    head: { label: 'Owner' },
    isIn: lines => new Set(lines.map(({ owner }) => owner)).size > 1,
    cell: ({ owner }) => ({ text: owner ?? 'Nobody' }),
  },
  {
    head: { label: 'ARR', isNumeric: true },
    isIn: lines => lines.some(({ arr }) => arr !== undefined),
    cell: ({ arr, currency }) => (arr === undefined ? NONE : { text: arrText(arr, currency), value: arr }),
  },
  {
    head: { label: 'Renewal' },
    isIn: lines => lines.some(({ renewalOn }) => renewalOn !== undefined),
    cell: ({ renewalOn }, { now, timeZone }) =>
      renewalOn === undefined ? NONE : { text: dayText(renewalOn, now, timeZone) },
  },
]

const NONE: Cell = { text: '–' }

function rangeText({ lines, total, skipped }: ListPage, many: string): string {
  return lines.length === total ? many : `${skipped + 1} to ${skipped + lines.length} of ${many.toLowerCase()}`
}

/** How many accounts have a button of their own. */
const MOST_OPENED = 5

function openPart(lines: readonly ListLine[]): Part[] {
  const choices = lines
    .slice(0, MOST_OPENED)
    .map(({ id, name }): Button => ({ label: name, action: 'show', value: id }))
  return choices.length === 0 ? [] : [{ kind: 'list', items: [{ lead: 'Open', text: '', choices }] }]
}

function turns({ back, next }: ListPage): Button[] {
  return [
    ...(back === undefined ? [] : [{ label: 'Back', action: 'turn' as const, value: back }]),
    ...(next === undefined ? [] : [{ label: 'Next', action: 'turn' as const, value: next }]),
  ]
}

function morePart({ next, isPrivate }: ListPage): Part[] {
  if (next === undefined || isPrivate) return []
  return [{ kind: 'text', quiet: true, text: `/health ${next} shows the next ones.` }]
}
