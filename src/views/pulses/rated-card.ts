import { divergenceText } from '../alerts/divergence-text.ts'
import type { Card } from '../card.ts'
import type { ShownEffect } from './pulse-effect-card.ts'

/** What a rating from the list came to, in one line. */
export function ratedCard(
  account: { readonly id: string; readonly name: string },
  { rating, hasNote }: { readonly rating: number; readonly hasNote: boolean },
  { before, after, divergence }: ShownEffect,
): Card {
  const contrast = divergence === undefined ? '' : ` ${divergenceText(divergence, true)}`
  const summary = `${rating} of 5 is saved. ${scoreText(before, after)}${contrast}`
  return {
    title: account.name,
    summary,
    parts: [{ kind: 'text', text: summary }],
    ...(!hasNote && { buttons: [{ label: 'Add a note', action: 'pulse-note', value: account.id, opensForm: true }] }),
  }
}

/** "Score 62, was 70." */
function scoreText(before: ShownEffect['before'], after: ShownEffect['after']): string {
  const [from, to] = [before.now.score?.shown, after.now.score?.shown]
  if (to === undefined) return 'No score yet.'
  return from === undefined || from === to ? `Score ${to}.` : `Score ${to}, was ${from}.`
}
