import { RATING_WORDS, RATINGS } from '../../domain/pulses/pulse.ts'
import { needsNote, type PulseState } from '../../domain/pulses/pulse-state.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Button, Card, Item } from '../card.ts'
import { clockText } from '../parts/clock-text.ts'
import { type AskedPulse, askedText, lastText } from './asked-text.ts'

export type ShownPulse = AskedPulse & { readonly state: PulseState }

export type PulseList = {
  readonly pulses: readonly ShownPulse[]
  /** The reader's. */
  readonly timeZone: string
  /** How many accounts one message shows, and which part of them: 0 is the first. */
  readonly size: number
  readonly page: number
  /** Whether what is put off can still come back today. */
  readonly isLaterToday: boolean
}

/** The accounts that wait for a pulse, each rated by one press; those that were rated today can be rated again. */
export function pulsesCard({ pulses, timeZone, size, page: asked, isLaterToday }: PulseList): Card {
  const pages = Math.max(1, Math.ceil(pulses.length / size))
  const page = Math.min(Math.max(0, asked), pages - 1)
  const shown = pulses.slice(page * size, (page + 1) * size)
  const summary = summaryOf(pulses)
  return {
    title: 'Pulses',
    summary,
    shows: pulsesWords(page),
    parts: [
      { kind: 'text', text: isBegun(pulses) ? progressOf(pulses) : summary },
      ...(shown.length === 0
        ? []
        : [
            { kind: 'list' as const, items: shown.map(pulse => itemOf(pulse, timeZone, isLaterToday)) },
            { kind: 'text' as const, quiet: true, text: LEGEND },
          ]),
    ],
    buttons: pageButtons(page, pages, pulses, size),
  }
}

const LEGEND = RATINGS.map(rating => `${rating}: ${RATING_WORDS[rating]}`).join(' · ')

/** The words that ask for a part of the list. */
function pulsesWords(page: number): string {
  return page === 0 ? 'pulses' : `pulses ${page + 1}`
}

function isBegun(pulses: readonly ShownPulse[]): boolean {
  return countOf(pulses, 'waiting') > 0 && countOf(pulses, 'rated') > 0
}

/** The same as the summary, short: it is read again after each press. */
function progressOf(pulses: readonly ShownPulse[]): string {
  return `${countOf(pulses, 'waiting')} left, ${countOf(pulses, 'rated')} rated today.`
}

function countOf(pulses: readonly ShownPulse[], kind: PulseState['kind']): number {
  return pulses.filter(({ state }) => state.kind === kind).length
}

function summaryOf(pulses: readonly ShownPulse[]): string {
  const waiting = pulses.filter(({ state }) => state.kind === 'waiting')
  const rated = countOf(pulses, 'rated')
  const [first, ...others] = waiting
  const done = rated === 0 ? '' : ` You rated ${rated} today.`
  if (first === undefined) return `None of your accounts needs a pulse${rated === 0 ? '' : ' now'}.${done}`
  if (others.length === 0) return `${first.account.name} is waiting for your pulse.${done}`
  return `${waiting.length} of your accounts are waiting for your pulse.${done}`
}

function itemOf({ account, due, facts, state }: ShownPulse, timeZone: string, isLaterToday: boolean): Item {
  const ratings = RATINGS.map(rating => ratingButton(account.id, rating, state))
  const later: Button = { label: 'Later today', action: 'pulse-later', value: account.id }
  const skip: Button = { label: 'Skip', action: 'pulse-skip', value: account.id }
  const note: Button = { label: 'Add a note', action: 'pulse-note', value: account.id, opensForm: true }
  const lead = account.name
  switch (state.kind) {
    case 'waiting':
      return {
        lead,
        ...askedWords({ account, due, facts }, timeZone),
        choices: [...ratings, skip, ...(isLaterToday ? [later] : [])],
      }
    case 'rated':
      return {
        tone: 'good',
        lead,
        text: `Rated ${state.rating}`,
        choices: [...ratings, ...(state.hasNote ? [] : [note])],
      }
    case 'put-off':
      return {
        tone: 'neutral',
        lead,
        text: putOffText(state, timeZone),
        choices: ratings,
      }
  }
}

/** Until when an account is out of the list. */
export function putOffText(
  { until, isSkipped }: { readonly until: number; readonly isSkipped: boolean },
  timeZone: string,
): string {
  return isSkipped ? `Skipped until ${dayIn(timeZone, until)}` : `Comes back at ${clockText(until, timeZone)}`
}

/** What is merely old says when the last pulse was; what happened comes before that. */
function askedWords({ due, facts }: AskedPulse, timeZone: string): Pick<Item, 'text' | 'note'> {
  const last = lastText(facts, timeZone)
  if (due.reason === 'old' || due.reason === 'never') return { text: last }
  return { text: askedText(due, timeZone), note: last }
}

function ratingButton(account: string, rating: number, state: PulseState): Button {
  return {
    label: String(rating),
    action: 'pulse-rate',
    value: `${rating} ${account}`,
    ...(needsNote(rating) && { opensForm: true }),
    ...(state.kind === 'rated' && state.rating === rating && { style: 'primary' as const }),
  }
}

function pageButtons(page: number, pages: number, pulses: readonly ShownPulse[], size: number): Button[] {
  const left = pulses.slice((page + 1) * size).filter(({ state }) => state.kind === 'waiting').length
  const next = left === 0 ? 'Next' : `Next (${left} waiting)`
  return [
    ...(page + 1 < pages
      ? [{ label: next, action: 'turn' as const, value: pulsesWords(page + 1), style: 'primary' as const }]
      : []),
    ...(page > 0 ? [{ label: 'Back', action: 'turn' as const, value: pulsesWords(page - 1) }] : []),
  ]
}
