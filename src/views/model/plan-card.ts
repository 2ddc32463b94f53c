import { titleOf } from '../../domain/accounts/title.ts'
import { counted } from '../../domain/counted.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Model } from '../../domain/model/model.ts'
import type { PlannedAccount } from '../../domain/model/plan.ts'
import { sumOf } from '../../domain/number.ts'
import { percent } from '../../domain/percent.ts'
import type { Card, Item, Part } from '../card.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'

type Planned = PlannedAccount & { readonly id: string; readonly name: string }

const MOST_LINES = 30

/** What would change if a model took effect now. */
export function planCard(current: Model, next: Model, accounts: readonly Planned[]): Card {
  const changed = accounts.filter(({ from, to }) => from !== to)
  const count = (number: number) => counted(number, 'account')
  const verdict =
    changed.length === 0 ? 'no account changes' : `${count(changed.length)} of ${accounts.length} would change`
  const title =
    current.name === next.name ? `Plan: a new version of ${next.name}` : `Plan: ${next.name} instead of ${current.name}`
  return {
    title,
    summary: `${title}: ${verdict}`,
    parts: [
      { kind: 'text', text: `If this file became the model now, ${verdict}. Planning starts nothing.` },
      ...(changed.length === 0 ? [] : [movesPart(current, next, changed), changesPart(current, next, changed)]),
      ...startsPart(accounts),
      coveragePart(next, accounts),
    ],
  }
}

/** How many accounts go from which band to which. */
function movesPart(current: Model, next: Model, changed: readonly Planned[]): Part {
  const groups = groupedBy(changed, ({ from, to }) => `${verdictWords(current, from)} → ${verdictWords(next, to)}`)
  const facts = [...groups].map(([label, of]) => ({ label, value: String(of.length) }))
  return { kind: 'facts', facts }
}

function changesPart(current: Model, next: Model, changed: readonly Planned[]): Part {
  const items = changed.slice(0, MOST_LINES).map(({ name, from, to, component, shownBefore, shownAfter }): Item => {
    const label = next.components.find(({ id }) => id === component)?.label ?? (component && titleOf(component))
    return {
      tone: toneOf(next, to),
      lead: name,
      text: `${shownBefore ?? 'no score'} · ${verdictWords(current, from)} → ${shownAfter ?? 'no score'} · ${verdictWords(next, to)}`,
      ...(label !== undefined && { note: `mostly by ${label}` }),
    }
  })
  const more = changed.length - items.length
  return { kind: 'list', heading: more === 0 ? 'Who changes' : `Who changes (the first ${items.length})`, items }
}

function startsPart(accounts: readonly Planned[]): Part[] {
  const starts = accounts.flatMap(({ wouldStart }) => wouldStart)
  if (starts.length === 0) return []
  const groups = groupedBy(
    starts,
    ({ kind, id }) => `${kind === 'alert' ? 'Alert' : 'Playbook'} ${titleOf(id).toLowerCase()}`,
  )
  const items = [...groups].map(([text, of]): Item => ({ text: `${text}: ${of.length}` }))
  return [{ kind: 'list', heading: 'What would start if a new model were not silent', items }]
}

function coveragePart(next: Model, accounts: readonly Planned[]): Part {
  const items = next.components.map(({ id, label }): Item => {
    const known = accounts.flatMap(({ coverage }) => coverage.filter(entry => entry.id === id))
    const mean = known.length === 0 ? 0 : sumOf(known, ({ coverage }) => coverage) / known.length
    return {
      tone: mean >= 0.8 ? 'good' : mean >= 0.4 ? 'warn' : 'bad',
      text: `${label}: ${percent(mean)} known`,
    }
  })
  return { kind: 'list', heading: 'Coverage by component', items }
}
