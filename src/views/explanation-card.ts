import { topDriver } from '../domain/driver.ts'
import type { Health } from '../domain/health.ts'
import { dayOf } from '../domain/instant.ts'
import type { Component, Model } from '../domain/model.ts'
import type { ComponentScore, MeasureScore } from '../domain/score.ts'
import { UNKNOWN, type Verdict } from '../domain/settle.ts'
import { pointsText, signed, wholePoints } from './amounts.ts'
import type { Card, Item, Part } from './card.ts'
import { evidence, numberText } from './evidence.ts'
import { roundedComponents, roundedMeasures } from './rounded-points.ts'
import { standingBadge } from './standing.ts'

/** Every point of a score with its evidence; the sum stands at the end, and is exact. */
export function explanationCard(
  model: Model,
  account: { readonly id: string; readonly name: string },
  health: Health,
  verdict: Verdict,
): Card {
  const { now } = health
  const badge = standingBadge(model, now.score?.shown, verdict)
  return {
    title: `${account.name}: every point`,
    badge,
    summary: `${account.name}: ${badge.text}, explained`,
    parts: [
      ...(verdict === UNKNOWN ? [unknownPart(model, health)] : []),
      ...now.components.map(part => componentPart(model, health, part)),
      ...sumParts(health),
      ...questions(model, health),
      { kind: 'text', quiet: true, text: provenance(model, health) },
    ],
    buttons: [{ label: 'Show account', action: 'show', value: account.id }],
  }
}

function unknownPart(model: Model, { now }: Health): Part {
  const needed = Math.round(model.minCoverage * 100)
  const known = Math.round(now.coverage * 100)
  return {
    kind: 'text',
    text: `Not enough data: ${known} % of the weight is known, ${needed} % is needed for a verdict.`,
  }
}

function componentPart(model: Model, { now, moves }: Health, part: ComponentScore): Part {
  const { component, score, share, weight } = part
  const { points, lost } = roundedComponents(now)(component.id)
  const usual = weight / now.components.reduce((sum, { weight }) => sum + weight, 0)
  const move = wholePoints(moves?.find(({ id }) => id === component.id)?.points ?? 0)
  const heading =
    score === undefined
      ? `${component.label}: no data, its ${percent(usual)} went to the others`
      : [
          `${component.label}: ${pointsText(points)} of ${points + lost}`,
          `weight ${percent(share)}${percent(share) === percent(usual) ? '' : ` (${percent(usual)} before redistribution)`}`,
          ...(move === 0 ? [] : [`${signed(move)} in 30 days`]),
        ].join(', ')
  return { kind: 'list', heading, items: part.measures.map(entry => measureItem(model, now, part, entry)) }
}

function measureItem(
  model: Model,
  now: Health['now'],
  component: ComponentScore,
  { measure, reading, score }: MeasureScore,
): Item {
  const text = evidence(model, measure, reading)
  if (score === undefined) return { tone: 'neutral', text }
  const { points, lost } = roundedMeasures(now)(measure.id)
  const present = component.measures.filter(entry => entry.score !== undefined)
  const share = measure.weight / present.reduce((sum, entry) => sum + entry.measure.weight, 0)
  const basis = [
    `${numberText(score)} of 100`,
    ...(present.length > 1 ? [`${percent(share)} of the component`] : []),
    ...(reading.signals > 0 ? [`${reading.signals} ${reading.signals === 1 ? 'signal' : 'signals'}`] : []),
    ...(reading.newest === undefined ? [] : [`newest ${dayOf(reading.newest)}`]),
  ]
  const tone = score >= 70 ? 'good' : score >= 40 ? 'warn' : 'bad'
  return { tone, text: `${text}: ${pointsText(points)}, ${lost} lost`, note: basis.join(', ') }
}

function sumParts({ now }: Health): Part[] {
  if (now.score === undefined) return [{ kind: 'text', text: 'Sum: no score, for nothing is known.' }]
  const points = roundedComponents(now)
  const parts = now.components
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

/** What to ask about the component that the score's fall is put down to. */
function questions({ components }: Model, health: Health): Part[] {
  const component: Component | undefined = components.find(({ id }) => id === topDriver(health))
  if (component === undefined || component.ask.length === 0) return []
  const items = component.ask.map((text): Item => ({ text }))
  return [{ kind: 'list', heading: `To ask about ${component.label.toLowerCase()}`, items }]
}

function provenance(model: Model, { now }: Health): string {
  const segment = now.segment === undefined ? '' : `, segment ${now.segment}`
  const at = new Date(now.at).toISOString().slice(0, 16).replace('T', ' ')
  const version = model.version.replace('sha256:', '').slice(0, 8)
  return `Model ${model.name} (${version})${segment}. Coverage ${percent(now.coverage)}. As of ${at} UTC.`
}

function percent(share: number): string {
  return `${numberText(Math.round(share * 1000) / 10)} %`
}
