import type { UnreadableDigest } from '../../domain/admin/checkup.ts'
import type { Card, Item } from '../card.ts'
import { scheduleText } from './schedule-text.ts'

type DigestLine = {
  readonly name: string
  readonly schedule: string
  readonly time_zone: string
  readonly kind: 'changes' | 'portfolio'
}

type ListedDigest = {
  readonly digest: DigestLine
  /** What people call the channel that it goes to. */
  readonly place: string
  readonly isPaused: boolean
  readonly origin: 'file' | 'chat' | 'changed'
}

const ORIGINS: Readonly<Record<ListedDigest['origin'], string>> = {
  file: 'from digests.yaml',
  chat: 'made in chat',
  changed: 'changed in chat, which overrides digests.yaml',
}

/** Which digests there are, when each goes out, and where to; and those that cannot be read. */
export function digestsCard(known: readonly ListedDigest[], unreadable: readonly UnreadableDigest[]): Card {
  const empty = 'There is no digest yet. An admin can make one with /health digest create NAME.'
  const items = [...unreadable.map(brokenItem), ...known.map(itemOf)]
  return {
    title: 'Digests',
    summary: items.length === 0 ? empty : `Digests: ${known.map(({ digest }) => digest.name).join(', ')}`,
    parts: [
      items.length === 0 ? { kind: 'text', text: empty } : { kind: 'list', items },
      { kind: 'text', quiet: true, text: '/health digest now NAME shows you what it would say.' },
    ],
  }
}

function itemOf({ digest, place, isPaused, origin }: ListedDigest): Item {
  const tells = digest.kind === 'portfolio' ? 'The portfolio as a whole' : 'What changed'
  return {
    lead: digest.name,
    text: `${scheduleText(digest.schedule, digest.time_zone)}, to ${place}${isPaused ? ' · paused' : ''}`,
    note: `${tells}, ${ORIGINS[origin]}`,
  }
}

function brokenItem({ name, problem }: UnreadableDigest): Item {
  return {
    tone: 'bad',
    lead: name,
    text: `What was made in chat cannot be read: ${problem}`,
    note: `An admin can create it again with /health digest create ${name}, or use edit if digests.yaml has it too.`,
  }
}

/** A preview of a digest, shown to one person only. */
export function previewCard(card: Card, name: string, place: string): Card {
  const note = `What ${name} would send to ${place} now. Nothing was sent or recorded.`
  return {
    ...card,
    title: `Preview: ${card.title}`,
    parts: [...card.parts, { kind: 'text', quiet: true, text: note }],
  }
}
