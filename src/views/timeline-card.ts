import { dayOf } from '../domain/instant.ts'
import type { Model } from '../domain/model.ts'
import type { TimelineEntry } from '../domain/timeline.ts'
import { titleOf } from '../domain/title.ts'
import type { Card, Item } from './card.ts'
import { metricLabel, numberText } from './evidence.ts'
import { toneOf, verdictWords } from './standing.ts'
import { toneText } from './tone-text.ts'

/** Who reads it, and how people are called. */
export type TimelineReader = { readonly isPrivate: boolean; nameOf(email: string): string }

/** What happened to an account, newest first. What people wrote in confidence shows only to somebody who reads alone. */
export function timelineCard(
  model: Model,
  account: { readonly name: string },
  entries: readonly TimelineEntry[],
  reader: TimelineReader,
): Card {
  const empty = 'Nothing has happened that I know of.'
  const [newest] = entries
  const summary = newest === undefined ? empty : `${account.name}: last on ${dayOf(newest.at)}`
  return {
    title: `Timeline of ${account.name}`,
    summary,
    parts:
      entries.length === 0
        ? [{ kind: 'text', text: empty }]
        : [{ kind: 'list', items: entries.map(entry => timelineItem(model, entry, reader)) }],
  }
}

function timelineItem(model: Model, entry: TimelineEntry, reader: TimelineReader): Item {
  return { lead: dayOf(entry.at), ...line(model, entry, reader) }
}

type Line = Pick<Item, 'tone' | 'text' | 'link'>

function line(model: Model, entry: TimelineEntry, { isPrivate, nameOf }: TimelineReader): Line {
  const by = (person: string | undefined) => (person === undefined ? '' : `, ${nameOf(person)}`)
  const inConfidence = (text: string | undefined) => (isPrivate && text !== undefined ? `: ${text}` : '')
  switch (entry.kind) {
    case 'pulse':
      return {
        tone: entry.rating <= 2 ? 'bad' : entry.rating >= 4 ? 'good' : 'warn',
        text: `Pulse ${entry.rating} of 5${inConfidence(entry.note)}${by(entry.by)}`,
      }
    case 'comment':
      return commentLine(entry, isPrivate, by(entry.author))
    case 'alert_opened':
      return { tone: 'bad', text: `Alert: ${titleOf(entry.alert)}. ${entry.reason}` }
    case 'alert_claimed':
      return { text: `Alert claimed: ${titleOf(entry.alert)}${by(entry.by)}` }
    case 'alert_resolved':
      return { text: `Alert resolved: ${titleOf(entry.alert)}${inConfidence(entry.resolution)}${by(entry.by)}` }
    case 'task_opened':
      return { text: `Task: ${entry.title}${by(entry.by)}` }
    case 'task_ended':
      return { text: `Task ${entry.state}: ${entry.title}${inConfidence(entry.note)}${by(entry.by)}` }
    case 'transition':
      return transitionLine(model, entry)
    case 'signal':
      return { text: `${metricLabel(model, entry.metric)} ${numberText(entry.was)} → ${numberText(entry.now)}` }
    case 'correction':
      return { text: correctionText(model, entry) }
    case 'attribute':
      return { text: attributeText(entry, nameOf) }
  }
}

function commentLine(
  { text, sentiment, link }: Extract<TimelineEntry, { kind: 'comment' }>,
  isPrivate: boolean,
  by: string,
): Line {
  if (!isPrivate) return { text: 'Comment (ask me in private)' }
  const mood = sentiment === undefined ? undefined : toneText(sentiment)
  return {
    ...(mood !== undefined && { tone: ({ negative: 'bad', neutral: 'neutral', positive: 'good' } as const)[mood] }),
    text: `Comment: ${text}${by}`,
    ...(link !== undefined && { link: { label: 'Open', url: link } }),
  }
}

function transitionLine(model: Model, entry: Extract<TimelineEntry, { kind: 'transition' }>): Line {
  if (entry.rule === 'expansion_ready') {
    const isReady = entry.to === 'ready'
    return {
      tone: isReady ? 'good' : 'neutral',
      text: isReady ? 'Ready for expansion' : 'No longer ready for expansion',
    }
  }
  const score = entry.shown === undefined ? '' : ` at ${entry.shown}`
  const component = model.components.find(({ id }) => id === entry.driver)
  const driver = entry.driver === undefined ? '' : `, because of ${component?.label ?? titleOf(entry.driver)}`
  const words = `${verdictWords(model, entry.from)} → ${verdictWords(model, entry.to)}`
  return { tone: toneOf(model, entry.to), text: `${words}${score}${driver}` }
}

function correctionText(model: Model, { metric, was, now, count }: Extract<TimelineEntry, { kind: 'correction' }>) {
  const one = `${metricLabel(model, metric)} ${numberText(was)} → ${numberText(now)}`
  return count === 1 ? `Corrected: ${one}` : `${count} readings corrected, such as ${one}`
}

function attributeText(
  { attribute, value }: Extract<TimelineEntry, { kind: 'attribute' }>,
  nameOf: TimelineReader['nameOf'],
): string {
  if (attribute === 'owner')
    return value === undefined ? 'Without an owner from here on' : `Owner is now ${nameOf(value)}`
  return value === undefined ? 'No renewal date any more' : `Renewal is now on ${value}`
}
