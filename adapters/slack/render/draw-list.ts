import type { types } from '@slack/bolt'
import type { Item, ListPart, Tone } from '../../../src/views/card.ts'
import { blockId, type Drawing, renderButton } from './button.ts'
import { CUTS, LIMITS } from './limits.ts'
import { escaped, isVisible, literal, mrkdwn } from './text.ts'

/** 🟢 🟡 🔴 ⚪ as characters: they need no markup and read well in a notification. */
export const TONES: Readonly<Record<Tone, string>> = { good: '🟢', warn: '🟡', bad: '🔴', neutral: '⚪' }

/** A section for each item with a button; items without one share a section, since blocks are scarce. */
export function drawList(list: ListPart, drawing: Drawing): readonly types.KnownBlock[] {
  const sections: types.KnownBlock[] = []
  let shared: string[] = []
  const closeShared = (): void => {
    if (shared.length > 0) sections.push({ type: 'section', text: mrkdwn(shared.join('\n')) })
    shared = []
  }

  if (list.heading !== undefined && isVisible(list.heading)) {
    sections.push({ type: 'section', text: mrkdwn(`*${literal(list.heading, CUTS.heading)}*`) })
  }
  for (const item of list.items) {
    const lines = drawItem(item)
    const button = item.button && renderButton(item.button, drawing)
    const choices = (item.choices ?? [])
      .map(choice => renderButton(choice, drawing))
      .filter(choice => choice !== undefined)
    if (button !== undefined || choices.length > 0) {
      closeShared()
      const beside = button === undefined ? {} : { accessory: button, ...blockId(drawing) }
      sections.push({ type: 'section', text: mrkdwn(lines), ...beside })
      if (choices.length > 0) {
        sections.push({ type: 'actions', ...blockId(drawing), elements: choices.slice(0, LIMITS.buttons) })
      }
    } else {
      if ([...shared, lines].join('\n').length > CUTS.shared) closeShared()
      shared.push(lines)
    }
  }
  closeShared()
  return sections
}

function drawItem(item: Item): string {
  const link = drawLink(item.link)
  const first = [
    item.tone && TONES[item.tone],
    item.lead !== undefined && isVisible(item.lead) && `*${literal(item.lead, CUTS.lead)}*`,
    isVisible(item.text) && literal(item.text, CUTS.text - link.length),
  ].filter(piece => typeof piece === 'string')
  return [(first.join(' ') || '–') + link, ...drawNote(item.note ?? '')].join('\n')
}

const MOST_NOTE_LINES = 3

/** Each line of the small print by itself; they share what one note may be long. */
function drawNote(note: string): string[] {
  const lines = note.split('\n').filter(isVisible)
  const kept = [...lines.slice(0, MOST_NOTE_LINES - 1), lines.slice(MOST_NOTE_LINES - 1).join(' ')].filter(isVisible)
  return kept.map(line => `_${literal(line, Math.floor(CUTS.note / kept.length))}_`)
}

/** Only an address that can be nothing else: what stands between the brackets is otherwise a mention or a command. */
function drawLink(link: Item['link']): string {
  if (link === undefined || !/^https:\/\/[^\s<>|]+$/.test(link.url)) return ''
  const address = escaped(link.url)
  return address.length > CUTS.link ? '' : ` <${address}|${literal(link.label, CUTS.linkLabel)}>`
}
