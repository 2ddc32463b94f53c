import { type Health, movesBetween } from '../domain/health.ts'
import type { Model } from '../domain/model.ts'
import { signed, wholePoints } from './amounts.ts'
import type { Card } from './card.ts'
import { standingBadge } from './standing.ts'

/** What a pulse did to the score. */
export function pulseEffectCard(
  model: Model,
  account: { readonly name: string },
  rating: number,
  { before, after }: { readonly before: Health; readonly after: Health },
): Card {
  const now = after.now.score
  const badge = standingBadge(model, now?.shown, now?.band.id ?? 'unknown')
  const sentence = `Thank you. Your ${rating} of 5 is kept. ${effectText(before, after)}`
  const moves = (movesBetween(before.now, after.now) ?? []).filter(({ points }) => wholePoints(points) !== 0)
  const items = moves.map(({ id, points }) => ({
    text: `${model.components.find(component => component.id === id)?.label ?? 'Cap'} ${signed(wholePoints(points))}`,
  }))
  return {
    title: account.name,
    badge,
    summary: sentence,
    parts: [
      { kind: 'text', text: sentence },
      ...(items.length === 0 ? [] : [{ kind: 'list' as const, heading: 'What moved', items }]),
    ],
  }
}

function effectText(before: Health, after: Health): string {
  const [from, to] = [before.now.score?.shown, after.now.score?.shown]
  if (to === undefined) return 'The account still has no score.'
  if (from === undefined) return `The account has its first score: ${to}.`
  if (from === to) return `The score stays at ${to}.`
  return `The score goes from ${from} to ${to}.`
}
