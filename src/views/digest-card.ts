import type { DigestItem, DigestNews, Section, SectionKind } from '../domain/digest.ts'
import type { Model } from '../domain/model.ts'
import { aboutAlert, claimButton } from './alert-line.ts'
import { moneyText, signed, wholePoints } from './amounts.ts'
import type { Card, Item } from './card.ts'
import { toneOf, verdictWords } from './standing.ts'

export type DigestHead = {
  readonly name: string
  /** The local date of its slot, `2026-11-21`. */
  readonly date: string
  readonly showArr: boolean
  /** Whether it comes later than it should have. */
  readonly isLate: boolean
}

const HEADINGS: Readonly<Record<SectionKind, string>> = {
  newly_at_risk: 'Newly at risk',
  sharp_drops: 'Sharp drops',
  recovered: 'Recovered',
  newly_expansion_ready: 'Newly ready for expansion',
}

/** What changed since this channel was last told, each with its reason; nobody else is listed. */
export function digestCard(model: Model, head: DigestHead, news: DigestNews): Card {
  const title = `Morning rounds, ${head.date}${head.isLate ? ' (late)' : ''}`
  const line = oneLine(model, news)
  if (news.sections.length === 0) return { title, summary: `${title}: ${line}`, parts: [{ kind: 'text', text: line }] }
  return {
    title,
    summary: `${title}: ${line}`,
    parts: [
      ...news.sections.map(section => ({
        kind: 'list' as const,
        heading: `${HEADINGS[section.kind]} (${section.items.length})`,
        items: section.items.map(item => sectionItem(model, head, section, item)),
      })),
      { kind: 'text', quiet: true, text: unchangedText(news) },
    ],
  }
}

function oneLine(model: Model, news: DigestNews): string {
  if (news.baseline === 'new_model') {
    const version = model.version.replace('sha256:', '').slice(0, 8)
    return `A new model is in use, ${model.name} (${version}). Where it puts ${accountsText(news.total)} is the new baseline; I say what changes from here. /health model tells how it scores.`
  }
  if (news.baseline === 'first') {
    return `I watch ${accountsText(news.total)} for this channel from today on, and say what changes.`
  }
  if (news.sections.length === 0) return `Nothing to act on: ${unchangedText(news)}`
  return news.sections.map(({ kind, items }) => `${items.length} ${HEADINGS[kind].toLowerCase()}`).join(', ')
}

function unchangedText({ unchanged, otherwise }: DigestNews): string {
  const stand = unchanged === 1 ? '1 account is unchanged' : `${unchanged} accounts are unchanged`
  return otherwise === 0 ? `${stand}.` : `${stand}, ${otherwise} moved with nothing to act on.`
}

function accountsText(count: number): string {
  return `${count} ${count === 1 ? 'account' : 'accounts'}`
}

function sectionItem(
  model: Model,
  { showArr }: DigestHead,
  { kind }: Section,
  { account, alert, from }: DigestItem,
): Item {
  const { shown, change, arr, verdict, owner } = account
  const words = [
    ...(shown === undefined ? [] : [String(shown)]),
    ...(change === undefined ? [] : [`${signed(wholePoints(change))} in 30 days`]),
    from === undefined || from === verdict ? verdictWords(model, verdict) : `was ${verdictWords(model, from)}`,
    ...(showArr && arr !== undefined ? [`ARR ${moneyText(arr)}`] : []),
  ]
  const holder = alert?.claimedBy === undefined ? ownerText(owner) : claimedText(alert.claimedBy)
  return {
    tone: kind === 'recovered' || kind === 'newly_expansion_ready' ? 'good' : toneOf(model, verdict),
    lead: account.name,
    text: words.join(' · '),
    note: `${alert?.reason ?? account.reason}\n${holder}`,
    button:
      alert !== undefined && alert.claimedBy === undefined
        ? claimButton(alert.id)
        : { label: 'Show', action: 'show', value: account.id },
    ...(alert !== undefined && { about: aboutAlert(alert.id) }),
  }
}

function ownerText(owner: string | undefined): string {
  return owner === undefined ? 'No owner' : `Owner ${owner}`
}

function claimedText(name: string): string {
  return `Claimed by ${name}`
}
