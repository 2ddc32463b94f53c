import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Card, Item, Part } from '../card.ts'
import { type FiveLine, type FiveReader, fiveParts, type ShownFive } from './five-items.ts'
import { renewalItem } from './home-items.ts'

/** Somebody of a manager's team who has more at risk than one person can look after. */
export type Overloaded = { readonly name: string; readonly atRisk: number }

export type Morning = {
  readonly five?: ShownFive
  /** What somebody wanted to read in the morning. */
  readonly held: readonly Item[]
  readonly overloaded: readonly Overloaded[]
  /** Named once a week. */
  readonly renewals: readonly FiveLine[]
}

const MOST_RENEWALS = 5

/** One message in the morning: what needs somebody most, and what waited for now. */
export function morningCard(model: Model, { five, held, overloaded, renewals }: Morning, reader: FiveReader): Card {
  const chosen = five?.chosen ?? []
  const summary = [
    chosen.length > 0 &&
      `${counted(chosen.length, 'account')} to look at: ${chosen.map(({ name }) => name).join(', ')}.`,
    held.length > 0 && `${counted(held.length, 'message')} kept for this morning.`,
    overloaded.length > 0 && overloadedText(overloaded),
    renewals.length > 0 && `${counted(renewals.length, 'renewal')} in 30 days.`,
  ].filter(sentence => typeof sentence === 'string')
  return {
    title: 'Your morning',
    summary: summary.join(' '),
    parts: [
      ...(five === undefined || chosen.length === 0 ? [] : fiveParts(model, five, reader)),
      ...(overloaded.length === 0 ? [] : [teamPart(overloaded)]),
      ...(renewals.length === 0 ? [] : [renewalsPart(model, renewals, reader)]),
      ...(held.length === 0 ? [] : [{ kind: 'list' as const, heading: 'Kept for this morning', items: held }]),
    ],
  }
}

/** The same list whenever somebody asks for it. */
export function fiveCard(model: Model, five: ShownFive, reader: FiveReader): Card {
  const { chosen } = five
  const nothing = 'None of your accounts needs you today.'
  const summary = chosen.length === 0 ? nothing : `${counted(chosen.length, 'account')} to look at today`
  return {
    title: 'Your five',
    summary,
    shows: 'five',
    parts: chosen.length === 0 ? [{ kind: 'text', text: nothing }] : fiveParts(model, five, reader),
  }
}

function overloadedText(overloaded: readonly Overloaded[]): string {
  return `${overloaded.map(({ name, atRisk }) => `${name} has ${counted(atRisk, 'account')} at risk`).join(', ')}.`
}

function renewalsPart(model: Model, renewals: readonly FiveLine[], reader: FiveReader): Part {
  const shown = renewals.slice(0, MOST_RENEWALS).map(line => renewalItem(model, line, reader))
  const more = renewals.length > shown.length ? ` (${renewals.length})` : ''
  return { kind: 'list', heading: `Renewals in 30 days${more}`, items: shown }
}

function teamPart(overloaded: readonly Overloaded[]): Part {
  const items = overloaded.map(({ name, atRisk }) => ({
    lead: name,
    text: `has ${counted(atRisk, 'account')} at risk, more than one morning holds`,
  }))
  return { kind: 'list', heading: 'Your team', items }
}
