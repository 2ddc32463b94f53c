import { divergenceText } from '../alerts/divergence-text.ts'
import type { Card } from '../card.ts'
import { effectText, type ShownEffect } from './pulse-effect-card.ts'

/** What a rating from the list came to, in one line. */
export function ratedCard(
  account: { readonly id: string; readonly name: string },
  { rating, hasNote }: { readonly rating: number; readonly hasNote: boolean },
  { before, after, divergence }: ShownEffect,
): Card {
  const contrast = divergence === undefined ? '' : ` ${divergenceText(divergence, true)}`
  const summary = `${rating} of 5 is saved. ${effectText(before, after)}${contrast}`
  return {
    title: account.name,
    summary,
    parts: [{ kind: 'text', text: summary }],
    ...(!hasNote && { buttons: [{ label: 'Add a note', action: 'pulse-note', value: account.id, opensForm: true }] }),
  }
}
