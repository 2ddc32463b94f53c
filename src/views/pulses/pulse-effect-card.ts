import type { Divergence } from '../../domain/alerts/divergence.ts'
import type { Model } from '../../domain/model/model.ts'
import { changeOf, type Health, type Move, movesBetween } from '../../domain/scoring/health.ts'
import type { Verdict } from '../../domain/scoring/settle.ts'
import type { Day } from '../../domain/time/instant.ts'
import { divergenceText } from '../alerts/divergence-text.ts'
import type { Card } from '../card.ts'
import { signed } from '../parts/amounts.ts'
import { roundedMoves } from '../scoring/rounded-points.ts'
import { statusBadge } from '../scoring/status-text.ts'

export type ShownEffect = {
  readonly before: Health
  readonly after: Health
  readonly verdict: Verdict
  readonly divergence?: Divergence
}

/** What a pulse did to the score, for the person who gave it alone. */
export function pulseEffectCard(
  model: Model,
  account: { readonly name: string },
  { rating, standsUntil }: { readonly rating: number; readonly standsUntil: Day },
  { before, after, verdict, divergence }: ShownEffect,
): Card {
  const now = after.now.score
  const badge = statusBadge(model, now?.shown, verdict)
  const sentence = `Thank you. Your ${rating} of 5 is saved. ${effectText(before, after)}`
  const items = movedParts(before, after).map(({ id, points }) => ({
    text: `${model.components.find(component => component.id === id)?.label ?? 'Cap'} ${signed(points)}`,
  }))
  return {
    title: account.name,
    badge,
    summary: sentence,
    parts: [
      { kind: 'text', text: sentence },
      ...(divergence === undefined ? [] : [{ kind: 'text' as const, text: divergenceText(divergence, true) }]),
      ...(items.length === 0 ? [] : [{ kind: 'list' as const, heading: 'What moved', items }]),
      { kind: 'text', quiet: true, text: `It counts until ${standsUntil}.` },
    ],
  }
}

/** Whole points that add up to the change from the one score to the other. */
function movedParts({ now: before }: Health, { now }: Health): Move[] {
  if (before.score === undefined || now.score === undefined) return []
  const moves = movesBetween(before, now) ?? []
  const points = roundedMoves(moves, changeOf(before.score, now.score))
  return moves.map(({ id }) => ({ id, points: points(id) })).filter(({ points }) => points !== 0)
}

function effectText(before: Health, after: Health): string {
  const [from, to] = [before.now.score?.shown, after.now.score?.shown]
  if (to === undefined) return 'The account still has no score.'
  if (from === undefined) return `The account has its first score: ${to}.`
  if (from === to) return `The score stays at ${to}.`
  return `The score goes from ${from} to ${to}.`
}
