import { counted } from '../../domain/counted.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Card, Item } from '../card.ts'
import { accountItem, type FiveLine, type FiveReader } from '../home/five-items.ts'
import { clockText } from '../parts/clock-text.ts'

export type BriefedMeeting = {
  readonly meeting: Pick<Meeting, 'title' | 'start' | 'isAllDay'>
  readonly line: FiveLine
  readonly tasks: number
}

const MOST = 12

/** Who is met today, in the order of the day: what is known of each, and one act. */
export function meetingsCard(model: Model, briefed: readonly BriefedMeeting[], reader: FiveReader): Card {
  const shown = briefed.slice(0, MOST)
  const rest = briefed.length - shown.length
  const names = shown.map(one => `${whenText(one, reader)} ${one.line.name}`).join(', ')
  return {
    title: 'Your meetings today',
    summary: `${counted(briefed.length, 'meeting')} with customers today: ${names}.`,
    parts: [
      { kind: 'list', items: shown.map(one => itemOf(model, one, reader)) },
      ...(rest === 0 ? [] : [{ kind: 'text' as const, quiet: true, text: `And ${counted(rest, 'more meeting')}.` }]),
    ],
  }
}

function itemOf(model: Model, briefed: BriefedMeeting, reader: FiveReader): Item {
  const { meeting, line, tasks } = briefed
  const item = accountItem(model, line, reader)
  const facts = [meeting.title, item.note, tasks > 0 && counted(tasks, 'open task')]
  return {
    ...item,
    lead: `${whenText(briefed, reader)} · ${line.name}`,
    note: facts.filter(fact => typeof fact === 'string' && fact !== '').join(' · '),
  }
}

/** "14:30" */
function whenText({ meeting: { start, isAllDay } }: BriefedMeeting, { timeZone }: FiveReader): string {
  return isAllDay ? 'All day' : clockText(start, timeZone)
}
