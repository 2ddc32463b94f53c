import type { Model } from '../../domain/model/model.ts'
import { CAP, changeOf, haveVerdicts, movesBetween } from '../../domain/scoring/health.ts'
import type { Assessment } from '../../domain/scoring/score.ts'
import type { Card, Item } from '../card.ts'
import { pointsText, signed } from '../parts/amounts.ts'
import { evidence, timeText } from '../scoring/evidence.ts'
import { roundedMoves } from '../scoring/rounded-points.ts'
import { statusBadge } from '../scoring/status-text.ts'

/** What moved between two instants, component by component; the moves add up to the difference that is shown. */
export function sinceCard(
  model: Model,
  account: { readonly id: string; readonly name: string },
  before: Assessment,
  now: Assessment,
  verdict: string,
  timeZone: string,
): Card {
  const title = `${account.name} since ${timeText(before.at, timeZone)}`
  const badge = statusBadge(model, now.score?.shown, verdict)
  const moves = haveVerdicts(before, now) ? movesBetween(before, now) : undefined
  if (moves === undefined || before.score === undefined || now.score === undefined) {
    const missing = now.isCovered ? `as of ${timeText(before.at, timeZone)}` : 'today'
    const text = `There is not enough data ${missing}, so nothing can be compared.`
    return { title, badge, summary: `${title}: ${text}`, parts: [{ kind: 'text', text }] }
  }
  const total = changeOf(before.score, now.score)
  const rounded = roundedMoves(moves, total)
  const lines = moves
    .map(({ id }) => ({ id, points: rounded(id) }))
    .filter(({ id, points }) => points !== 0 || id !== CAP)
    .sort((a, b) => a.points - b.points)
  const sentence = `From ${before.score.shown} to ${now.score.shown}: ${total === 0 ? 'no change' : `${signed(total)} ${pointsText(total).split(' ')[1]}`}.`
  return {
    title,
    badge,
    summary: `${title}: ${sentence}`,
    parts: [
      { kind: 'text', text: sentence },
      {
        kind: 'list',
        heading: 'What moved',
        items: lines.map(({ id, points }) => moveItem(model, before, now, id, points)),
      },
      {
        kind: 'text',
        quiet: true,
        text: `Sum: ${lines.map(({ points }) => signed(points)).join(', ')} = ${signed(total)}.`,
      },
    ],
    buttons: [{ label: 'Explain', action: 'explain', value: account.id }],
  }
}

function moveItem(model: Model, before: Assessment, now: Assessment, id: string, points: number): Item {
  const tone = points < 0 ? 'bad' : points > 0 ? 'good' : 'neutral'
  if (id === CAP) return { tone, lead: signed(points), text: 'Caps' }
  const component = now.component(id)
  const changed = (component?.measures ?? []).filter(
    ({ measure, reading }) => before.readings().get(measure.id)?.value !== reading.value,
  )
  const words = changed.map(({ measure, reading }) => {
    const earlier = before.readings().get(measure.id)
    return `${earlier === undefined ? '' : `${evidence(model, measure, earlier)} → `}${evidence(model, measure, reading)}`
  })
  return {
    tone,
    lead: signed(points),
    text: component?.component.label ?? id,
    ...(words.length > 0 && { note: words.join('; ') }),
  }
}
