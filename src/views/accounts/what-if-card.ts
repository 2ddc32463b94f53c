import type { Model } from '../../domain/model/model.ts'
import { UNKNOWN, type Verdict } from '../../domain/scoring/settle.ts'
import type { Proposal, WhatIf } from '../../domain/what-if/what-if.ts'
import type { Badge, Card, Item, Part } from '../card.ts'
import { pointsText } from '../parts/amounts.ts'
import { changeWords } from '../scoring/change-words.ts'
import { evidence } from '../scoring/evidence.ts'
import { verdictWords } from '../scoring/status-text.ts'

/** What would lift an account to the next band: each change that alone would do it, or the fewest together. */
export function whatIfCard(
  model: Model,
  account: { readonly id: string; readonly name: string },
  found: WhatIf,
  verdict: Verdict,
  badge: Badge,
): Card {
  const sentence = sentenceOf(model, found, verdict)
  return {
    title: `What if: ${account.name}`,
    badge,
    summary: `${account.name}: ${sentence}`,
    parts: [
      { kind: 'text', text: sentence },
      ...proposals(model, found),
      { kind: 'text', quiet: true, text: smallPrint(model, found, verdict) },
    ],
    buttons: [
      { label: 'Show account', action: 'show', value: account.id },
      { label: 'Explain', action: 'explain', value: account.id },
    ],
  }
}

/** The band of the score is not always what people are shown: that is settled, and moves later. */
function sentenceOf(model: Model, found: WhatIf, verdict: Verdict): string {
  switch (found.kind) {
    case 'no_score':
      return 'It has no score yet, so there is no threshold to reach. Send some data first.'
    case 'best':
      return `The score of ${found.now.score?.shown} is already in the best band: ${found.band.label}.${announcedText(model, found, verdict)}`
    case 'next': {
      const shown = found.now.score?.shown ?? 0
      const missing = pointsText(found.line - shown)
      const announced = announcedText(model, found, verdict)
      const where = announced === '' ? `, ${found.now.score?.band.label}.` : `.${announced}`
      return `The score is ${shown}${where} ${found.band.label} begins at ${found.line}: ${missing} more.`
    }
  }
}

/** What the badge says, if that is not the band of the score. */
function announcedText(model: Model, { now, kind }: WhatIf, verdict: Verdict): string {
  if (now.score === undefined || now.score.band.id === verdict) return ''
  if (verdict === UNKNOWN) return ' There is not enough data for a verdict.'
  if (kind === 'best') return ` People still see ${verdictWords(model, verdict)}: a rise has to settle.`
  return ` By the score alone it would be ${now.score.band.label}; people see ${verdictWords(model, verdict)}.`
}

function proposals(model: Model, found: WhatIf): Part[] {
  if (found.kind === 'best') return []
  if (found.kind === 'no_score') {
    const texts = new Set(found.missing.map(({ measure, reading }) => evidence(model, measure, reading)))
    return list(
      'What is missing',
      [...texts].map(text => ({ text })),
    )
  }
  const isFirst = ({ changes }: Proposal) => changes.every(({ lever }) => lever.from === undefined)
  const line = (proposal: Proposal) => proposalItems(model, proposal)
  return [
    ...list('Any one of these would do it', found.singles.filter(one => !isFirst(one)).flatMap(line)),
    ...list('A first reading alone would do it', found.singles.filter(isFirst).flatMap(line)),
    ...combinationParts(model, found),
    ...ceilingParts(found),
  ]
}

function combinationParts(model: Model, { combination }: Extract<WhatIf, { kind: 'next' }>): Part[] {
  if (combination === undefined) return []
  const heading = `No single change would do it; the smallest combination makes ${combination.shown}`
  const items = combination.changes.map((change): Item => ({ tone: 'good', text: changeWords(model, change) }))
  return [...list(heading, items), ...liftedParts(combination)]
}

function liftedParts({ lifts }: Proposal): Part[] {
  return lifts.map(because => ({ kind: 'text', text: `That lifts the cap "${because}".` }))
}

function ceilingParts({ ceiling, band }: Extract<WhatIf, { kind: 'next' }>): Part[] {
  if (ceiling === undefined) return []
  const sentence = `No change to the measures you can move makes it ${band.label}: ${ceiling.shown} is the most.`
  const items = ceiling.caps.map(
    ({ because, atMost }): Item => ({ tone: 'bad', text: `${because}: the score is at most ${atMost}` }),
  )
  return [{ kind: 'text', text: sentence }, ...list('What holds it down', items)]
}

function proposalItems(model: Model, { changes, shown, lifts }: Proposal): Item[] {
  const lifted = lifts.map(because => `, which lifts the cap "${because}"`).join('')
  return changes.map(change => ({ tone: 'good', text: changeWords(model, change), note: `makes ${shown}${lifted}` }))
}

function list(heading: string, items: readonly Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading, items }]
}

/** What is shown is settled: a score over the line is not a verdict yet. */
function smallPrint(model: Model, found: WhatIf, verdict: Verdict): string {
  if (found.kind !== 'next' || found.ceiling !== undefined) return `Model ${model.name}.`
  const scored = 'Each change was scored with everything else unchanged.'
  if (verdict === UNKNOWN) return `${scored} Without more data there is no verdict, whatever the score.`
  const rank = (id: string | undefined) => found.now.bands.findIndex(band => band.id === id)
  if (rank(verdict) >= rank(found.band.id)) return `${scored} People still see ${verdictWords(model, verdict)}.`
  const { settling } = model
  const line = Math.min(100, found.line + settling.margin)
  const days = settling.dwell === 1 ? 'one daily scoring' : `${settling.dwell} daily scorings in a row`
  return `${scored} People see ${found.band.label} once the score has been ${line} or more for ${days}.`
}
