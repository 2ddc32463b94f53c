import { BRIEF_KINDS, type BriefKind } from '../../domain/briefs/brief-kind.ts'
import type { Card, Item } from '../card.ts'
import { BRIEF_TITLES } from './brief-card.ts'

/** Where a brief was sent: as a file, at an address; and what did not work. */
export type BriefSent = {
  readonly isFile: boolean
  /** Whether its reader has to accept the file first. */
  readonly isOffered?: boolean
  readonly address?: string
  readonly faults: readonly string[]
}

export function briefSentCard(
  { title, badge, summary }: Card,
  { id }: { readonly id: string },
  kind: BriefKind,
  { isFile, isOffered = false, address, faults }: BriefSent,
): Card {
  const where = [
    ...(isFile ? [`as a page ${isOffered ? 'once you allow it ' : ''}in your direct messages`] : []),
    ...(address === undefined ? [] : ['to read here']),
  ]
  const said = `Ready ${where.join(', and ')}.`
  const items: Item[] = [
    {
      lead: 'For you alone',
      text: said,
      ...(address !== undefined && { link: { label: 'Open', url: address } }),
      ...(faults.length > 0 && { note: faults.join(' ') }),
    },
    { text: summary },
  ]
  return {
    title,
    ...(badge !== undefined && { badge }),
    summary: `${title}. ${said}`,
    parts: [{ kind: 'list', items }],
    buttons: BRIEF_KINDS.filter(other => other !== kind).map(other => ({
      label: BRIEF_TITLES[other],
      action: 'brief',
      value: `${id} --kind ${other}`,
    })),
  }
}
