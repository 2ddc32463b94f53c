import { counted } from '../../domain/counted.ts'
import type { DigestNews, Section, SectionKind } from '../../domain/digests/digest.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Card, Part } from '../card.ts'
import { shortVersion } from '../parts/short-version.ts'
import { tallyText, unclaimedTally } from '../parts/tally.ts'
import { alertItem, pulseItems, sectionItem, taskItem } from './digest-lines.ts'

export type DigestHead = {
  readonly name: string
  readonly at: Instant
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
  at_risk_now: 'At risk now',
  renewals: 'Renewals to watch',
  unclaimed_alerts: 'Unclaimed alerts',
  overdue_tasks: 'Overdue tasks',
  pulses_due: 'Pulses due',
}

/** How many unclaimed or undone items are named; the rest is counted. */
const OLDEST = 3

/** What changed since the last message to this channel, each with its reason; unchanged accounts are not listed. */
export function digestCard(model: Model, head: DigestHead, news: DigestNews): Card {
  const title = `Morning rounds, ${head.date}${head.isLate ? ' (late)' : ''}`
  const line = oneLine(model, news)
  return { title, summary: `${title}: ${line}`, parts: newsParts(model, head, news) }
}

/** One line if there is nothing to act on; otherwise section by section, and how many accounts are unchanged. */
export function newsParts(model: Model, head: DigestHead, news: DigestNews): Part[] {
  if (news.sections.length === 0) return [{ kind: 'text', text: oneLine(model, news) }, ...readyParts(news)]
  const partsOf = (sections: readonly Section[]) => sections.flatMap(section => sectionPart(model, head, section, news))
  const changes = partsOf(news.sections.filter(({ kind }) => CHANGES.includes(kind)))
  const others = partsOf(news.sections.filter(({ kind }) => !CHANGES.includes(kind)))
  const text = news.baseline === undefined ? unchangedText(news) : baselineText(model, news)
  const note: Part = { kind: 'text', quiet: true, text }
  // What is only so because of the model stands below its name.
  if (news.baseline === 'new_model') return [...changes, note, ...others, ...readyParts(news)]
  return [...changes, ...others, ...readyParts(news), note]
}

function readyParts({ ready }: DigestNews): Part[] {
  if (!ready) return []
  return [{ kind: 'text', text: `${accountsText(ready)} ${ready === 1 ? 'is' : 'are'} ready for expansion.` }]
}

function sectionPart(model: Model, head: DigestHead, section: Section, news: DigestNews): Part[] {
  const { kind, items, more = 0 } = section
  const heading = `${HEADINGS[kind]} (${items.length + more})`
  switch (kind) {
    case 'at_risk_now': {
      const others = items.filter(({ account }) => !isIn(CHANGES, account.id, news))
      if (others.length === 0) return [{ kind: 'text', quiet: true, text: `${heading}: named above.` }]
      return [
        {
          kind: 'list',
          heading: more === 0 ? heading : `${heading}, the ${items.length} worst`,
          items: others.map(item => sectionItem(model, head, kind, item)),
        },
      ]
    }
    case 'unclaimed_alerts': {
      const others = items.filter(({ account }) => !isIn(NAMING, account.id, news))
      const counting = (words: string) =>
        unclaimedTally(
          items.flatMap(({ alert }) => alert?.id ?? []),
          words,
        )
      const hint = counting(`${HEADINGS[kind]} (#): named above.`)
      if (others.length === 0) return [{ kind: 'text', quiet: true, text: tallyText(hint), tally: hint }]
      const tally = counting(oldestFirst(`${HEADINGS[kind]} (#)`, others.length))
      const oldest = others.slice(0, OLDEST)
      return [{ kind: 'list', heading: tallyText(tally), tally, items: oldest.map(alertItem(model, head.at)) }]
    }
    case 'overdue_tasks':
      return [
        {
          kind: 'list',
          heading: oldestFirst(heading, items.length),
          items: items.slice(0, OLDEST).map(taskItem(head.at)),
        },
      ]
    case 'pulses_due':
      return [{ kind: 'list', heading, items: pulseItems(items) }]
    default:
      return [{ kind: 'list', heading, items: items.map(item => sectionItem(model, head, kind, item)) }]
  }
}

/** Whether an account has a line of its own already, with its button. */
function isIn(kinds: readonly SectionKind[], account: string, { sections }: DigestNews): boolean {
  return sections.some(({ kind, items }) => kinds.includes(kind) && items.some(item => item.account.id === account))
}

const CHANGES: readonly SectionKind[] = ['newly_at_risk', 'sharp_drops', 'recovered', 'newly_expansion_ready']
const NAMING: readonly SectionKind[] = [...CHANGES, 'at_risk_now', 'renewals']

function oldestFirst(heading: string, count: number): string {
  return count > OLDEST ? `${heading}, the oldest` : heading
}

function oneLine(model: Model, news: DigestNews): string {
  const counts = news.sections.map(({ kind, items, more = 0 }) => countText(kind, items.length + more)).join(', ')
  if (news.baseline !== undefined) return counts === '' ? baselineText(model, news) : counts
  return counts === '' ? `Nothing new: ${unchangedText(news)}` : counts
}

function baselineText(model: Model, { baseline, total, otherwise }: DigestNews): string {
  if (baseline === 'new_model') {
    const version = shortVersion(model.version)
    const moved = otherwise === 0 ? '' : ` ${accountsText(otherwise)} moved with nothing to act on.`
    return `A new model is in use, ${model.name} (${version}). ${accountsText(total)} start fresh under it, and from now on I report what changes. /health model shows how it scores.${moved}`
  }
  return `From today on I watch ${accountsText(total)} for this channel and report what changes.`
}

/** "1 sharp drop", "2 renewals to watch" */
function countText(kind: SectionKind, count: number): string {
  const words = HEADINGS[kind].toLowerCase()
  return `${count} ${count === 1 ? words.replace(/^(renewal|pulse)s|(drop|alert|task)s$/, '$1$2') : words}`
}

function unchangedText({ unchanged, otherwise }: DigestNews): string {
  const stand = counted(unchanged, 'account is unchanged', 'accounts are unchanged')
  return otherwise === 0 ? `${stand}.` : `${stand}, ${otherwise} moved with nothing to act on.`
}

function accountsText(count: number): string {
  return counted(count, 'account')
}
