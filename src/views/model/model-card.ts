import { titleOf } from '../../domain/accounts/title.ts'
import { capitalized } from '../../domain/capitalized.ts'
import { counted } from '../../domain/counted.ts'
import type { Component, Model } from '../../domain/model/model.ts'
import { type ModelShares, sharesOf } from '../../domain/model/model-shares.ts'
import { shownAs, sumOf, withoutNoise } from '../../domain/number.ts'
import { percent as percentText } from '../../domain/percent.ts'
import type { Card, Fact, Item, Part } from '../card.ts'
import { shortVersion } from '../parts/short-version.ts'
import { numberText } from '../scoring/evidence.ts'

/** What the store knows about the portfolio that a model scores. */
export type Portfolio = {
  readonly accounts: number
  readonly scored: number
  readonly unknown: number
  /** The mean coverage, 0-1, and the mean of the shown scores. */
  readonly mean?: number
  readonly score?: number
}

/** How the score is made, for people: one sentence, what counts how much, and how much of it is known. */
export function modelCard(model: Model, portfolio: Portfolio, trust?: string): Card {
  const shares = sharesOf(model)
  const sentence = sentenceOf(model, shares)
  return {
    title: `The model: ${model.name}`,
    summary: sentence,
    parts: [
      { kind: 'text', text: sentence },
      { kind: 'list', heading: 'Components', items: shares.components.map(componentItem) },
      { kind: 'facts', facts: [...shareFacts(shares), ...portfolioFacts(model, portfolio)] },
      ...(trust === undefined ? [] : [{ kind: 'text' as const, text: trust }]),
      ...list('Bands', bandItems(model)),
      ...list(
        'Caps',
        model.caps.map(({ because, atMost }) => ({ text: `${because}: the score is at most ${atMost}` })),
      ),
      ...list(
        'Published averages, as their sources give them',
        model.benchmarks.map(({ label, value, source }) => ({ text: `${label}: ${numberText(value)}`, note: source })),
      ),
      { kind: 'text', quiet: true, text: smallPrint(model) },
    ],
  }
}

/** How the number comes about, and what healthy means, in one sentence. */
function sentenceOf({ healthyMeans, components, caps }: Model, shares: ModelShares): string {
  const count = counted(components.length, 'component')
  const capped = caps.length === 0 ? '' : ' and held down by a cap where one applies'
  const made = `From 0 to 100, the weighted mean of ${count}${mostText(shares)}${capped}`
  return healthyMeans === undefined ? `${made}.` : `${made}, says how far this is true: ${healthyMeans}`
}

/** What counts most, unless everything counts the same. */
function mostText({ components }: ModelShares): string {
  const most = Math.max(...components.map(({ percent }) => percent))
  const heaviest = components.filter(({ percent }) => percent === most)
  if (heaviest.length === components.length) return components.length === 1 ? '' : ', all weighted equally,'
  const names = heaviest.map(({ component }) => component.label).join('; ')
  return ` (heaviest: ${names}, ${most}%${heaviest.length === 1 ? '' : ' each'})`
}

function componentItem({ component, percent }: { component: Component; percent: number }): Item {
  const { label, kind, tags, why } = component
  const words = [...(kind === undefined ? [] : [kind]), ...tags].join(', ')
  const note = [words, why ?? ''].filter(text => text !== '').join('. ')
  return {
    lead: `${percent}%`,
    text: label,
    ...(note !== '' && { note: capitalized(note) }),
  }
}

function shareFacts({ tagged, kinds }: ModelShares): Fact[] {
  const share = (kind: string) => kinds.find(entry => entry.kind === kind)?.percent ?? 0
  const others = kinds.filter(({ kind }) => kind !== 'declared' && kind !== 'behavioural')
  return [
    { label: 'Leading and lagging', value: `${tagged('leading')}% leading, ${tagged('lagging')}% lagging` },
    { label: 'Activity and value', value: `${tagged('activity')}% activity, ${tagged('value')}% value` },
    { label: 'Declared', value: `${share('declared')}% is what customers say` },
    { label: 'Behavioral', value: `${share('behavioural')}% is what they do` },
    ...others.map(({ kind, percent }) => ({ label: titleOf(kind), value: `${percent}%` })),
  ]
}

function portfolioFacts({ target }: Model, { accounts, scored, unknown, mean, score }: Portfolio): Fact[] {
  const known = mean === undefined ? 'nothing scored yet' : `${percentText(mean)} of the weight is known`
  const of = `${scored} of ${counted(accounts, 'account')} scored`
  return [
    { label: 'Coverage of the portfolio', value: `${known}; ${of}, ${unknown} without enough data` },
    ...(score === undefined ? [] : [{ label: 'Mean score', value: String(shownAs(score)) }]),
    ...(target === undefined ? [] : [{ label: 'Target for the mean', value: numberText(target.portfolio) }]),
  ]
}

function bandItems({ bands }: Model): Item[] {
  const tones = { at_risk: 'bad', attention: 'warn', healthy: 'good' } as const
  return bands.map(({ label, role, from }, index) => {
    const next = bands[index + 1]?.from
    const to = next === undefined ? 100 : Math.ceil(next) - 1
    return { tone: tones[role], text: `${label}: ${Math.ceil(from)}-${to}` }
  })
}

function smallPrint({ components, segments, minCoverage, version }: Model): string {
  const total = withoutNoise(sumOf(components, ({ weight }) => weight))
  const isMeanOne = total === components.length
  const weights = isMeanOne
    ? "The weights' mean is 1: the score is the sum of weighted indicators, divided by their number."
    : `The weights add up to ${numberText(total)} and are shown as shares of 100%.`
  const own =
    segments.length === 0
      ? ''
      : ` Segments with weights or bands of their own: ${segments.map(({ id }) => id).join(', ')}.`
  const needed = ` A verdict needs ${percentText(minCoverage)} of the weight.`
  return `${weights}${own}${needed} Version ${shortVersion(version)}.`
}

function list(heading: string, items: readonly Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading, items }]
}
