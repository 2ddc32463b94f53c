import type { Component, Model } from '../../domain/model/model.ts'
import { weightNote } from '../../domain/model/weight-note.ts'
import { percent } from '../../domain/percent.ts'
import { topDriver } from '../../domain/scoring/driver.ts'
import { type Health, shownChange } from '../../domain/scoring/health.ts'
import type { Evidence } from '../../domain/scoring/readings/evidence.ts'
import type { ComponentScore } from '../../domain/scoring/score.ts'
import { UNKNOWN, type Verdict } from '../../domain/scoring/settle.ts'
import type { Card, Item, Part } from '../card.ts'
import { pointsText, signed } from '../parts/amounts.ts'
import { shortVersion } from '../parts/short-version.ts'
import { roundedComponents, roundedMoves } from '../scoring/rounded-points.ts'
import { statusBadge } from '../scoring/status-text.ts'
import { measureItem } from './explanation-item.ts'

/** Every point of a score with its evidence; the sum stands at the end, and is exact. */
export function explanationCard(
  model: Model,
  account: { readonly id: string; readonly name: string },
  health: Health,
  verdict: Verdict,
  evidence: ReadonlyMap<string, Evidence> = new Map(),
): Card {
  const { now } = health
  const badge = statusBadge(model, now.score?.shown, verdict)
  return {
    title: `${account.name}: every point`,
    badge,
    summary: `${account.name}: ${badge.text}, explained`,
    parts: [
      ...(verdict === UNKNOWN ? [unknownPart(model, health)] : []),
      ...now.components().map(part => componentPart(model, health, part, evidence)),
      ...sumParts(health),
      ...questions(model, health),
      { kind: 'text', quiet: true, text: provenance(model, health) },
    ],
    buttons: [{ label: 'Show account', action: 'show', value: account.id }],
  }
}

function unknownPart(model: Model, { now }: Health): Part {
  const segment = model.segments.find(({ id }) => id === now.segment)
  const needed = percent(segment?.minCoverage ?? model.minCoverage)
  const known = percent(now.coverage)
  return {
    kind: 'text',
    text: `Not enough data: ${known} of the weight is known, ${needed} is needed for a verdict.`,
  }
}

function componentPart(
  model: Model,
  { now, moves, monthAgo }: Health,
  part: ComponentScore,
  evidence: ReadonlyMap<string, Evidence>,
): Part {
  const { component, score, share, weight } = part
  const { points, lost } = roundedComponents(now)(component.id)
  const usual = weight / now.components().reduce((sum, { weight }) => sum + weight, 0)
  const change = monthAgo && shownChange(monthAgo, now)
  const move = roundedMoves(moves ?? [], change ?? 0)(component.id)
  const heading =
    score === undefined
      ? `${component.label}: no data, its ${percent(usual, 1)} went to the others`
      : [
          `${component.label}: ${pointsText(points)} of ${points + lost}`,
          `weight ${percent(share, 1)}${percent(share, 1) === percent(usual, 1) ? '' : ` (${percent(usual, 1)} before redistribution)`}`,
          ...(move === 0 ? [] : [`${signed(move)} in 30 days`]),
        ].join(', ')
  return {
    kind: 'list',
    heading,
    items: part.measures.map(entry => measureItem(model, now, part, entry, evidence.get(entry.measure.id))),
  }
}

function sumParts({ now }: Health): Part[] {
  if (now.score === undefined) return [{ kind: 'text', text: 'Sum: no score, because nothing is known.' }]
  const points = roundedComponents(now)
  const parts = now
    .components()
    .filter(({ score }) => score !== undefined)
    .map(({ component }) => points(component.id).points)
  const sum = parts.reduce((total, part) => total + part, 0)
  const caps = now.caps.filter(cap => cap.holds)
  const capped = caps.map(({ because, atMost }): Item => ({ tone: 'bad', text: `${because}: at most ${atMost}` }))
  return [
    { kind: 'text', text: `Sum: ${parts.join(' + ')} = ${sum} of 100.` },
    ...(capped.length === 0
      ? []
      : [{ kind: 'list' as const, heading: `Capped: ${sum} becomes ${now.score.shown}`, items: capped }]),
  ]
}

/** What to ask about the component that explains the fall of the score. */
function questions({ components }: Model, health: Health): Part[] {
  const component: Component | undefined = components.find(({ id }) => id === topDriver(health))
  if (component === undefined || component.ask.length === 0) return []
  const items = component.ask.map((text): Item => ({ text }))
  return [{ kind: 'list', heading: `To ask about ${component.label.toLowerCase()}`, items }]
}

function provenance(model: Model, { now }: Health): string {
  const segment = now.segment === undefined ? '' : `, segment ${now.segment}`
  const at = new Date(now.at).toISOString().slice(0, 16).replace('T', ' ')
  const version = shortVersion(model.version)
  const note = weightNote(now.components().map(({ weight }) => weight))
  const weights = note === undefined ? '' : `${note} `
  return `${weights}Model ${model.name} (${version})${segment}. Coverage ${percent(now.coverage, 1)}. As of ${at} UTC.`
}
