import { titleOf } from '../../domain/accounts/title.ts'
import { ALERT_VERDICTS } from '../../domain/alerts/feedback.ts'
import type { Model } from '../../domain/model/model.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { TimelineEntry } from '../../domain/timeline/timeline.ts'
import { VERDICT_WORDS } from '../alerts/alert-words.ts'
import type { Item } from '../card.ts'
import { OUTCOME_WORDS } from '../outcomes/outcome-card.ts'
import { moneyText } from '../parts/amounts.ts'
import { toneText } from '../parts/tone-text.ts'
import { driverName } from '../scoring/driver-name.ts'
import { metricLabel, numberText } from '../scoring/evidence.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'

/** Whether somebody reads it alone and where, and how people are called. */
export type TimelineReader = { readonly isPrivate: boolean; readonly timeZone?: string; nameOf(email: string): string }

/** One thing that happened, on its day. */
export function timelineItem(model: Model, entry: TimelineEntry, reader: TimelineReader): Item {
  // An outcome has a day, which is the same in every zone.
  const day = entry.kind === 'outcome' ? entry.on : dayIn(reader.timeZone ?? 'UTC', entry.at)
  return { lead: day, ...line(model, entry, reader) }
}

type Line = Pick<Item, 'tone' | 'text' | 'link'>

function line(model: Model, entry: TimelineEntry, reader: TimelineReader): Line {
  const { nameOf } = reader
  const by = (person: string | undefined) => (person === undefined ? '' : `, ${nameOf(person)}`)
  const said = (text: string | undefined) => (text === undefined ? '' : `: ${text}`)
  switch (entry.kind) {
    case 'pulse':
      return {
        tone: entry.rating <= 2 ? 'bad' : entry.rating >= 4 ? 'good' : 'warn',
        text: `Pulse ${entry.rating} of 5${said(entry.note)}${by(entry.by)}`,
      }
    case 'comment':
      return commentLine(entry, reader, by(entry.author))
    case 'alert_opened':
      return { tone: 'bad', text: `Alert: ${titleOf(entry.alert)}. ${entry.reason}` }
    case 'alert_claimed':
      return { text: `Alert claimed: ${titleOf(entry.alert)}${by(entry.by)}` }
    case 'alert_given': {
      const to = entry.to === undefined ? 'given on' : `given to ${nameOf(entry.to)}`
      return { text: `Alert ${to}: ${titleOf(entry.alert)}${by(entry.by)}` }
    }
    case 'alert_changed':
      return { text: `Alert ${entry.change}: ${titleOf(entry.alert)}${by(entry.by)}` }
    case 'alert_rated': {
      const verdict = ALERT_VERDICTS.find(verdict => verdict === entry.verdict)
      const words = verdict === undefined ? entry.verdict : VERDICT_WORDS[verdict].toLowerCase()
      return { text: `Alert rated ${words}: ${titleOf(entry.alert)}${by(entry.by)}` }
    }
    case 'alert_resolved':
      return { text: `Alert resolved: ${titleOf(entry.alert)}${said(resolutionOf(entry))}${by(entry.by)}` }
    case 'task_opened': {
      const whose = entry.holder === undefined ? '' : ` for ${nameOf(entry.holder)}`
      return { text: `Task${whose}: ${entry.title}${by(entry.by)}` }
    }
    case 'task_changed':
      return { text: `Task ${entry.change}: ${entry.title}${by(entry.by)}` }
    case 'task_ended':
      return { text: `Task ${entry.state}: ${entry.title}${said(entry.note)}${by(entry.by)}` }
    case 'transition':
      return transitionLine(model, entry)
    case 'outcome': {
      const { label, tone } = OUTCOME_WORDS[entry.outcome]
      const why = entry.reasonCode === undefined ? '' : `, because of ${entry.reasonCode}`
      const arr = entry.arr === undefined ? '' : `, ARR ${moneyText(entry.arr)}`
      return {
        tone,
        text: `${label}${why}${arr}${said(entry.note)}${by(entry.by.includes('@') ? entry.by : undefined)}`,
      }
    }
    case 'signal':
      return { text: `${metricLabel(model, entry.metric)} ${numberText(entry.was)} → ${numberText(entry.now)}` }
    case 'correction':
      return { text: correctionText(model, entry) }
    case 'attribute':
      return { text: attributeText(entry, nameOf) }
  }
}

/** Rounds resolves what its rule no longer holds open. */
function resolutionOf({ by, resolution }: Extract<TimelineEntry, { kind: 'alert_resolved' }>): string | undefined {
  return resolution ?? (by === 'rounds' ? 'its rule no longer holds' : undefined)
}

function commentLine(
  { text, sentiment, link }: Extract<TimelineEntry, { kind: 'comment' }>,
  { isPrivate }: TimelineReader,
  by: string,
): Line {
  if (text === undefined) {
    return { text: isPrivate ? "Comment (for the account's owner and admins)" : 'Comment (ask me in private)' }
  }
  const mood = sentiment === undefined ? undefined : toneText(sentiment)
  return {
    ...(mood !== undefined && { tone: ({ negative: 'bad', neutral: 'neutral', positive: 'good' } as const)[mood] }),
    text: text === '' ? `Comment (text not kept)${by}` : `Comment: ${text}${by}`,
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
  const driver = entry.driver === undefined ? '' : `, because of ${driverName(model, entry.driver)}`
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
  if (attribute === 'owner') return value === undefined ? 'No owner from here on' : `Owner is now ${nameOf(value)}`
  return value === undefined ? 'No renewal date anymore' : `Renewal is now on ${value}`
}
