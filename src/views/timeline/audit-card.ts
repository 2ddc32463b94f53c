import type { Instant } from '../../domain/time/instant.ts'
import type { Card, Item } from '../card.ts'

type Line = {
  readonly at: Instant
  readonly who: string
  readonly act: string
  readonly subject: string
  readonly was?: string
  readonly isNow?: string
}

/** Who did what about an account, newest first. */
export function auditCard(account: { readonly name: string }, lines: readonly Line[]): Card {
  const summary =
    lines.length === 0
      ? `Nobody has done anything about ${account.name} yet.`
      : lines.length === 1
        ? '1 action'
        : `${lines.length} actions`
  return {
    title: `Audit of ${account.name}`,
    summary,
    parts: lines.length === 0 ? [{ kind: 'text', text: summary }] : [{ kind: 'list', items: lines.map(auditItem) }],
  }
}

function auditItem(line: Line): Item {
  const { at, who, act, subject } = line
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return { lead: `${time} UTC`, text: `${who}: ${act}${changeText(line)}`, note: subject }
}

/** ": was -> is", whichever of the two is known. */
export function changeText({ was, isNow }: Pick<Line, 'was' | 'isNow'>): string {
  if (was === undefined) return isNow === undefined ? '' : `: ${isNow}`
  return `: ${was} -> ${isNow ?? 'nothing'}`
}
